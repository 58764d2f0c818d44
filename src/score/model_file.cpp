#include "score/model_file.h"

#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/bytes.h"
#include "crypto/hash.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::score {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is little-endian");

constexpr std::string_view magic = "FLSHMODL";
constexpr std::size_t front_bytes = 24, hash_bytes = 32;
constexpr std::size_t head_bytes_max = std::size_t{1} << 20U;
constexpr std::size_t learners_max = 64;

std::unexpected<Error> refuse(const char* code, const char* why) {
  return fail(Kind::unprocessable, code, why);
}

template <class T>
  requires std::is_arithmetic_v<T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

// Takes numbers from the front; past the end it gives zeros and remembers.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class T>
    requires std::is_arithmetic_v<T>
  T take() {
    T value{};
    if (rest_.size() < sizeof(T)) {
      cut_ = true;
      rest_ = {};
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool cut_ = false;
};

void put_linear(std::string& body, const Linear& linear) {
  put(body, linear.intercept());
  for (const Term& term : linear.terms()) {
    put(body, term.column);
    put(body, static_cast<std::uint16_t>(term.hinge));
    put(body, term.knot);
    put(body, term.mean);
    put(body, term.scale);
    put(body, term.weight);
  }
}

void put_forest(std::string& body, const Forest& forest) {
  put(body, forest.base_margin());
  for (const Tree& tree : forest.trees()) {
    put(body, static_cast<std::uint32_t>(tree.size()));
    for (const TreeNode& node : tree) {
      put(body, node.left);
      put(body, node.right);
      put(body, node.column);
      put(body, static_cast<std::uint16_t>(node.unknown_left));
      put(body, node.value);
      put(body, node.cover);
    }
  }
}

void put_members(json::Writer& head, std::string& body, const std::vector<Member>& members) {
  head.array();
  for (const Member& member : members) {
    const auto* linear = std::get_if<Linear>(&member.learner);
    const auto* forest = std::get_if<Forest>(&member.learner);
    head.object().field("kind", linear != nullptr ? "linear" : "forest");
    head.field("count", linear != nullptr ? linear->terms().size() : forest->size());
    head.field("weight", member.weight).end_object();
    if (linear != nullptr) put_linear(body, *linear);
    if (forest != nullptr) put_forest(body, *forest);
  }
  head.end_array();
}

void put_cases(std::string& body, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    put(body, one.probability);
    put(body, static_cast<std::uint8_t>(one.won));
    body.append(std::bit_cast<std::array<char, 16>>(one.id).data(), one.id.size());
  }
}

Result<Linear> take_linear(Reader& in, std::size_t count, std::size_t columns) {
  constexpr std::size_t term_bytes = 32;
  if (count > terms_max || in.left() < count * term_bytes)
    return refuse("model_cut", "terms are missing");
  const auto intercept = in.take<double>();
  std::vector<Term> terms(count);
  for (Term& term : terms) {
    term.column = in.take<std::uint16_t>();
    term.hinge = in.take<std::uint16_t>() != 0;
    term.knot = in.take<float>();
    term.mean = in.take<double>();
    term.scale = in.take<double>();
    term.weight = in.take<double>();
  }
  return Linear::of(std::move(terms), intercept, columns);
}

Result<Forest> take_forest(Reader& in, std::size_t count, std::size_t columns) {
  if (count > trees_max) return refuse("model_cut", "too many trees");
  const auto base = in.take<float>();
  std::vector<Tree> trees(count);
  constexpr std::uint32_t nodes_max = 31;
  for (Tree& tree : trees) {
    const auto nodes = in.take<std::uint32_t>();
    if (nodes > nodes_max || in.cut()) return refuse("model_cut", "nodes are missing");
    tree.resize(nodes);
    for (TreeNode& node : tree) {
      node.left = in.take<std::int32_t>();
      node.right = in.take<std::int32_t>();
      node.column = in.take<std::uint16_t>();
      node.unknown_left = in.take<std::uint16_t>() != 0;
      node.value = in.take<float>();
      node.cover = in.take<float>();
    }
  }
  return Forest::of(std::move(trees), base, columns);
}

std::size_t count_of(const json::Object& object, std::string_view key) {
  return static_cast<std::size_t>(json::int_or(object, key, -1));  // -1 is beyond every bound
}

Result<std::vector<Member>> take_members(Reader& in, const json::Array& list, std::size_t columns) {
  std::vector<Member> out;
  if (list.size() > learners_max) return refuse("model_cut", "too many learners");
  for (const auto& item : list) {
    if (!item.is_object()) return refuse("model_foreign", "a learner is an object");
    const auto& entry = item.get_object();
    const double weight = json::number_or(entry, "weight", -1);
    const std::string_view kind = json::text_or(entry, "kind");
    if (kind == "linear") {
      TRY(auto linear, take_linear(in, count_of(entry, "count"), columns));
      out.push_back({weight, std::move(linear)});
    } else if (kind == "forest") {
      TRY(auto forest, take_forest(in, count_of(entry, "count"), columns));
      out.push_back({weight, std::move(forest)});
    } else {
      return refuse("model_foreign", "a learner is linear or a forest");
    }
  }
  return out;
}

Result<std::vector<Case>> take_cases(Reader& in, std::size_t count) {
  constexpr std::size_t case_bytes = 21;
  if (count > in.left() / case_bytes) return refuse("model_cut", "closed leads are missing");
  std::vector<Case> out(count);
  for (Case& one : out) {
    one.probability = in.take<float>();
    one.won = in.take<std::uint8_t>() != 0;
    for (auto& byte : one.id) byte = in.take<std::uint8_t>();
  }
  return out;
}

Result<std::optional<Hazard>> take_hazard(Reader& in, const json::Object& head,
                                          std::size_t columns) {
  const json::Value* given = json::find(head, "hazard");
  if (given == nullptr) return std::optional<Hazard>{};
  if (!given->is_object()) return refuse("model_foreign", "the hazard is an object");
  Hazard out;
  for (const auto& end : json::array_or_empty(given->get_object(), "ends_days")) {
    if (!end.is_number()) return refuse("model_foreign", "an interval ends on a day");
    out.ends_days.push_back(end.to_number<float>());
  }
  out.times_are_good = json::bool_or(given->get_object(), "times_are_good");
  TRY(out.forest, take_forest(in, count_of(given->get_object(), "count"), columns + 1));
  return std::optional<Hazard>(std::move(out));
}

struct Sections {
  std::string_view head, body;
};

// Everything about the file that can be checked without reading what it says.
Result<Sections> sections_of(std::string_view bytes) {
  if (bytes.size() < magic.size() || !bytes.starts_with(magic))
    return refuse("model_foreign", "this is no model");
  Reader front(bytes.substr(magic.size()));
  const auto version = front.take<std::uint32_t>();
  const auto head = front.take<std::uint32_t>();
  const auto body = front.take<std::uint64_t>();
  if (front.cut()) return refuse("model_cut", "the model is cut short");
  if (version != model_format) return refuse("model_version", "the model is of another format");
  if (bytes.size() > model_bytes_max || head > head_bytes_max || body > model_bytes_max ||
      bytes.size() != front_bytes + head + body + hash_bytes)
    return refuse("model_cut", "the model is cut short or too long");
  const auto content = bytes.substr(0, bytes.size() - hash_bytes);
  if (crypto::sha256(content) != bytes.substr(content.size()))
    return refuse("model_hash", "the model was changed after it had been written");
  return Sections{bytes.substr(front_bytes, head), bytes.substr(front_bytes + head, body)};
}

}  // namespace

std::string write_model(const Parts& parts) {
  json::Writer head;
  std::string body;
  head.object().field("stage", to_text(parts.stage));
  write_schema(head.key("fields"), parts.schema);
  put_members(head.key("members"), body, parts.members);
  put_members(head.key("bag"), body, parts.bag);
  head.field("slope", parts.slope).field("offset", parts.offset);
  head.field("win_from", static_cast<double>(parts.win_from));
  head.field("loss_to", static_cast<double>(parts.loss_to)).key("hazard");
  if (parts.hazard) {
    head.object().key("ends_days").array();
    for (const float end : parts.hazard->ends_days) head.value(static_cast<double>(end));
    head.end_array().field("times_are_good", parts.hazard->times_are_good);
    head.field("count", parts.hazard->forest.size()).end_object();
    put_forest(body, parts.hazard->forest);
  } else {
    head.null();
  }
  head.field("cases", parts.cases.size()).end_object();
  put_cases(body, parts.cases);
  std::string out(magic);
  put(out, model_format);
  put(out, static_cast<std::uint32_t>(head.text().size()));
  put(out, static_cast<std::uint64_t>(body.size()));
  out += head.text();
  out += body;
  out += crypto::sha256(out);
  return out;
}

Result<Model> read_model(std::string_view bytes) {
  TRY(const Sections sections, sections_of(bytes));
  TRY(const auto head,
      json::parse_object(sections.head, {.bytes_max = head_bytes_max, .depth_max = 8}));
  Parts parts;
  const std::string_view stage = json::text_or(head, "stage");
  if (stage != "lr" && stage != "stack") return refuse("model_foreign", "an unknown kind of model");
  parts.stage = stage == "lr" ? Stage::lr : Stage::stack;
  TRY(parts.schema, read_schema(json::array_or_empty(head, "fields")));
  const std::size_t columns = parts.schema.columns;
  Reader in(sections.body);
  TRY(parts.members, take_members(in, json::array_or_empty(head, "members"), columns));
  TRY(parts.bag, take_members(in, json::array_or_empty(head, "bag"), columns));
  parts.slope = json::number_or(head, "slope", 0);
  parts.offset = json::number_or(head, "offset", 0);
  parts.win_from = static_cast<float>(json::number_or(head, "win_from", -1));
  parts.loss_to = static_cast<float>(json::number_or(head, "loss_to", -1));
  TRY(parts.hazard, take_hazard(in, head, columns));
  TRY(parts.cases, take_cases(in, count_of(head, "cases")));
  if (in.cut() || in.left() != 0) return refuse("model_cut", "the body has another length");
  return Model::of(std::move(parts));
}

std::string model_sha256(std::string_view bytes) {
  if (bytes.size() < front_bytes + hash_bytes) return {};
  return bytes::to_hex(bytes.substr(bytes.size() - hash_bytes));
}

}  // namespace flash::score

// Decisions as the document that flash.intake_write() takes: an array of rows for each table.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "json/write.h"
#include "leads/process.h"
#include "sql/statement.h"

namespace flash::worker {

// Under which key the answer is remembered, and for which body; an empty key: not at all.
struct AnswerKey {
  std::string scope, key, hash;
};

// The parameters of flash.intake_write() and flash.intake_write_release(): arrays of rows as JSON,
// the largest tables apart from the others.
struct Document {
  std::string others, submissions, assignments, activities;

  [[nodiscard]] sql::Statement write() &&;
  [[nodiscard]] sql::Statement write_release() &&;
};

class Record {
 public:
  explicit Record(leads::Batch::NewId new_id);

  void add(const leads::Arrival& arrival, const leads::Decision& decision,
           std::string_view business_key, const AnswerKey& key);
  // An owner for a row that was held; for flash.intake_write_release().
  void add_release(const leads::Arrival& arrival, const leads::Decision& decision);
  // Rows added with `arrival.late` become updates; a record holds either kind, not both.
  [[nodiscard]] Document finish(const std::vector<leads::Notice>& notices) &&;

 private:
  struct Row {
    const leads::Arrival& arrival;
    const leads::Decision& decision;
  };
  void add_submission(const Row& row, std::string_view business_key);
  void add_facts(const leads::Lead& lead);
  void add_decided(const Row& row);
  void add_people(const Row& row, std::string_view business_key);
  void add_assignment(const Row& row);
  int rule_set(const std::string& rules);
  void add_deal(const Row& row);
  void add_activities(const Row& row);
  void add_assigned(const Row& row);
  void add_activity(const Row& row, std::string_view submission, std::string_view kind,
                    std::string_view subject, std::string_view data);
  void add_answer(const Row& row, const AnswerKey& key);

  leads::Batch::NewId new_id_;
  bool late_ = false;                   // the submissions are updates
  bool held_ = false;                   // an assignment waits for the next shift
  std::vector<std::string> rule_sets_;  // of the assignments, which name them by their place here
  json::Writer submissions_, phones_, organizations_, contacts_, contact_phones_, assignments_,
      deals_, activities_, turns_, answers_;
};

std::string money_text(std::int64_t hundredths);  // 1235 -> "12.35"

}  // namespace flash::worker

#include "notify/letter.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "json/read.h"

namespace flash::notify {
namespace {

using std::string_view;

// {business} {name} {reference} {reason} {seller} stand for facts.
struct Sentences {
  string_view name, language, subject, body;
};

constexpr std::array table{
    Sentences{"lead_received", "en", "We have your request: {reference}",
              "Hello {name},\nthank you. We have received your request for {business} and will "
              "contact you soon.\nYour reference is {reference}."},
    Sentences{"lead_received", "nl", "We hebben uw aanvraag ontvangen: {reference}",
              "Beste {name},\nbedankt. We hebben uw aanvraag voor {business} ontvangen en nemen "
              "binnenkort contact met u op.\nUw referentie is {reference}."},
    Sentences{"lead_received", "es", "Hemos recibido su solicitud: {reference}",
              "Hola {name}:\ngracias. Hemos recibido su solicitud para {business} y pronto nos "
              "pondremos en contacto con usted.\nSu referencia es {reference}."},
    Sentences{"lead_received", "fr", "Nous avons reçu votre demande : {reference}",
              "Bonjour {name},\nmerci. Nous avons reçu votre demande pour {business} et nous vous "
              "contacterons bientôt.\nVotre référence est {reference}."},
    Sentences{"lead_received", "pap", "Nos a risibí bo petishon: {reference}",
              "Bon dia {name},\ndanki. Nos a risibí bo petishon pa {business} i lo tuma kontakto "
              "ku bo pronto.\nBo referensia ta {reference}."},

    Sentences{"notice.lead_assigned", "en", "New lead for you: {business}",
              "{business} is now your lead.\n{reason}"},
    Sentences{"notice.lead_assigned", "nl", "Nieuwe lead voor u: {business}",
              "{business} is nu uw lead.\n{reason}"},
    Sentences{"notice.lead_assigned", "es", "Nuevo cliente potencial para usted: {business}",
              "{business} es ahora su cliente potencial.\n{reason}"},
    Sentences{"notice.lead_assigned", "fr", "Nouveau prospect pour vous : {business}",
              "{business} est maintenant votre prospect.\n{reason}"},

    Sentences{"notice.lead_unassigned", "en", "A lead has no owner: {business}",
              "Nobody could be given {business}. It waits in the queue.\n{reason}"},
    Sentences{"notice.lead_unassigned", "nl", "Een lead heeft geen eigenaar: {business}",
              "Niemand kon {business} krijgen. De lead wacht in de wachtrij.\n{reason}"},
    Sentences{"notice.lead_unassigned", "es", "Un cliente potencial sin responsable: {business}",
              "Nadie pudo recibir a {business}. Espera en la cola.\n{reason}"},
    Sentences{"notice.lead_unassigned", "fr", "Un prospect sans responsable : {business}",
              "Personne n'a pu recevoir {business}. Il attend dans la file.\n{reason}"},

    Sentences{"notice.first_contact_late", "en", "First response is late: {business}",
              "Nobody has contacted {business} within the time agreed."},
    Sentences{"notice.first_contact_late", "nl", "Eerste reactie is te laat: {business}",
              "Niemand heeft {business} binnen de afgesproken tijd benaderd."},
    Sentences{"notice.first_contact_late", "es", "La primera respuesta se retrasa: {business}",
              "Nadie ha contactado a {business} en el plazo acordado."},
    Sentences{"notice.first_contact_late", "fr", "Première réponse en retard : {business}",
              "Personne n'a contacté {business} dans le délai convenu."},

    Sentences{"notice.lead_returned", "en", "A hot lead is back in the queue: {business}",
              "{business} was not contacted in twice the time agreed and has no owner now."},
    Sentences{"notice.lead_returned", "nl", "Een hete lead is terug in de wachtrij: {business}",
              "{business} is niet benaderd in tweemaal de afgesproken tijd en heeft nu geen "
              "eigenaar."},
    Sentences{"notice.lead_returned", "es", "Un cliente potencial vuelve a la cola: {business}",
              "{business} no fue contactado en el doble del plazo acordado y ya no tiene "
              "responsable."},
    Sentences{"notice.lead_returned", "fr", "Un prospect retourne dans la file : {business}",
              "{business} n'a pas été contacté dans le double du délai convenu et n'a plus de "
              "responsable."},

    Sentences{"", "en", "News at {seller}", "There is news for you at {seller}."},
};

const Sentences& sentences_of(string_view name, string_view language) {
  const auto find = [&](string_view n, string_view l) {
    return std::ranges::find_if(
        table, [&](const Sentences& row) { return row.name == n && row.language == l; });
  };
  auto hit = find(name, language);
  if (hit == table.end()) hit = find(name, "en");
  return hit == table.end() ? table.back() : *hit;
}

using Facts = std::array<std::pair<string_view, string_view>, 5>;

// One pass, so that braces in a fact stay what they are.
std::string fill(string_view sentence, const Facts& facts) {
  std::string out;
  for (std::size_t at = 0; at < sentence.size();) {
    const string_view rest = sentence.substr(at);
    const auto fact =
        std::ranges::find_if(facts, [&](const auto& one) { return rest.starts_with(one.first); });
    if (fact == facts.end()) {
      out += sentence[at++];
    } else {
      out += fact->second;
      at += fact->first.size();
    }
  }
  return out;
}

string_view open_words(string_view language) {
  if (language == "nl") return "Openen";
  if (language == "es") return "Abrir";
  if (language == "fr") return "Ouvrir";
  return "Open";
}

std::string escaped(string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

Letter compose(string_view name, const json::Object& payload, string_view language,
               const Site& site) {
  const json::Object& params = json::object_or_empty(payload, "params");
  const auto fact = [&](string_view key) {
    return json::text_or(payload, key, json::text_or(params, key));
  };
  const Facts facts{{{"{business}", fact("business_name")},
                     {"{name}", fact("name")},
                     {"{reference}", fact("reference")},
                     {"{reason}", fact("reason")},
                     {"{seller}", site.name}}};
  const Sentences& words = sentences_of(name, language);
  Letter out;
  out.subject = fill(words.subject, facts);
  for (const string_view line : text::split(words.body, '\n')) {
    std::string paragraph = fill(line, facts);
    if (!text::trim(paragraph).empty()) out.paragraphs.push_back(std::move(paragraph));
  }
  if (name.starts_with("notice.")) {
    const string_view lead = json::text_or(payload, "submission_id");
    out.link = lead.empty() ? site.url : text::cat(site.url, "/leads/", lead);
    out.link_text = open_words(language);
  } else {
    out.paragraphs.push_back(site.name);
  }
  return out;
}

std::string plain_of(const Letter& letter) {
  std::string out;
  for (const auto& paragraph : letter.paragraphs) out += text::cat(paragraph, "\r\n\r\n");
  if (!letter.link.empty()) out += text::cat(letter.link_text, ": ", letter.link, "\r\n");
  return out;
}

std::string html_of(const Letter& letter, string_view language) {
  std::string out = text::cat("<!doctype html>\r\n<html lang=\"", escaped(language),
                              "\"><body style=\"font:16px/1.5 sans-serif;max-width:36em\">\r\n");
  for (const auto& paragraph : letter.paragraphs)
    out += text::cat("<p>", escaped(paragraph), "</p>\r\n");
  if (!letter.link.empty())
    out += text::cat("<p><a href=\"", escaped(letter.link), "\">", escaped(letter.link_text),
                     "</a></p>\r\n");
  return out + "</body></html>\r\n";
}

}  // namespace flash::notify

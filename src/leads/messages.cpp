#include "leads/messages.h"

#include <array>
#include <cstddef>

namespace flash::leads {
namespace {

struct Sentence {
  std::string_view rule;
  std::array<std::string_view, 4> texts;  // en nl es fr; {} is the limit
};

constexpr std::array<Sentence, 9> sentences{{
    {"required",
     {"Please fill this in.", "Vul dit in.", "Complete este campo.", "Veuillez remplir ce champ."}},
    {"too_short",
     {"Use at least {} characters.", "Gebruik minstens {} tekens.", "Use al menos {} caracteres.",
      "Utilisez au moins {} caractères."}},
    {"too_long",
     {"Use at most {}.", "Gebruik er hoogstens {}.", "Use {} como máximo.",
      "Utilisez {} au maximum."}},
    {"invalid",
     {"This does not look right. Please check it.", "Dit lijkt niet te kloppen. Controleer het.",
      "Esto no parece correcto. Revíselo.", "Cela ne semble pas correct. Veuillez vérifier."}},
    {"not_allowed",
     {"Choose one of the offered answers.", "Kies een van de antwoorden.",
      "Elija una de las respuestas.", "Choisissez une des réponses proposées."}},
    {"out_of_range",
     {"Enter a number {}.", "Geef een getal {}.", "Escriba un número {}.",
      "Saisissez un nombre {}."}},
    {"needs_email_or_phone",
     {"Give an e-mail address or a phone number, so that we can answer.",
      "Geef een e-mailadres of telefoonnummer, zodat we kunnen antwoorden.",
      "Indique un correo o un teléfono para que podamos responder.",
      "Indiquez une adresse e-mail ou un téléphone pour que nous puissions répondre."}},
    {"phone_needs_area_code",
     {"Add the area code.{}", "Voeg het netnummer toe.{}", "Añada el código de área.{}",
      "Ajoutez l'indicatif régional.{}"}},
    {"must_be_true",
     {"We need your consent to contact you.",
      "We hebben uw toestemming nodig om contact op te nemen.",
      "Necesitamos su permiso para contactarle.",
      "Nous avons besoin de votre accord pour vous contacter."}},
}};

std::size_t column(std::string_view language) {
  if (language == "nl" || language == "pap") return 1;
  if (language == "es") return 2;
  return language == "fr" ? 3 : 0;
}

}  // namespace

std::string message_of(std::string_view rule, std::string_view language, std::string_view limit) {
  for (const auto& sentence : sentences) {
    if (sentence.rule != rule) continue;
    std::string out(sentence.texts[column(language)]);
    if (const auto at = out.find("{}"); at != std::string::npos) out.replace(at, 2, limit);
    return out;
  }
  return std::string(rule);
}

}  // namespace flash::leads

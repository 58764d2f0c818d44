// What a person reads beside a field that was refused, in the form's language.
#pragma once
#include <string>
#include <string_view>

namespace flash::leads {

// `limit` is put where the sentence has a number. An unknown language is English; Papiamentu, until
// a speaker has written its sentences, is Dutch.
std::string message_of(std::string_view rule, std::string_view language,
                       std::string_view limit = {});

}  // namespace flash::leads

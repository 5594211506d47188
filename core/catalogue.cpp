#include "core/catalogue.h"

#include "core/texts.h"

namespace yekun {

Result<Catalogue> Catalogue::load(std::string_view language) {
  auto locale = std::make_shared<Locale>(language);
  if (locale->language() != language || locale->texts().empty()) {
    auto loaded = load_texts(language);  // says what is wrong
    if (!loaded) return failure(std::move(loaded.error()));
    return failure({Severity::error, Fault::internal, "unknown-language", {}, "the language has no texts", "", {}});
  }
  return Catalogue(std::move(locale));
}

std::string Catalogue::text(std::string_view key, MessageArguments const& arguments) const {
  auto const& texts = locale_->texts();
  auto const found = texts.find(key);
  std::string const bracketed = "[" + std::string(key) + "]";
  return found == texts.end() ? bracketed : locale_->message(found->second, arguments).value_or(bracketed);
}

bool Catalogue::has(std::string_view key) const { return locale_->texts().find(key) != locale_->texts().end(); }

std::vector<std::string> Catalogue::keys() const {
  std::vector<std::string> keys;
  for (auto const& [key, text] : locale_->texts()) keys.push_back(key);
  return keys;
}

Locale const& Catalogue::locale() const { return *locale_; }

}  // namespace yekun

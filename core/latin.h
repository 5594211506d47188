// Words of any script in plain Latin letters, for file names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace yekun {

/// ICU's transliteration, without accents: "თბილისი" -> "tbilisi", "Şəki" -> "Seki", "Москва" -> "Moskva". Not for
/// readers: it knows no language.
class Latin {
 public:
  Latin();
  ~Latin();
  Latin(Latin const&) = delete;
  Latin& operator=(Latin const&) = delete;

  /// ASCII only; a character that has no Latin form is left out. Invalid UTF-8 is left out too.
  std::string letters(std::string_view text) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace yekun

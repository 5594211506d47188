// What people write for yes and no.
#pragma once

#include <array>
#include <string_view>

namespace yekun {

/// Lower case. English, Azerbaijani, Georgian, Turkmen, Russian.
inline constexpr std::array<std::string_view, 17> kYesWords = {"1",     "true",  "t",  "yes",  "y",         "bəli",
                                                               "hə",    "doğru", "კი", "დიახ", "ჭეშმარიტი", "hawa",
                                                               "howwa", "dogry", "да", "д",    "истина"};
inline constexpr std::array<std::string_view, 15> kNoWords = {
    "0", "false", "f", "no", "n", "xeyr", "yox", "yalan", "არა", "მცდარი", "ýok", "nädogry", "нет", "н", "ложь"};

}  // namespace yekun

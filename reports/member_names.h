// The part of file names that says whose report it is, safe in any script and on any file system.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace yekun {

/// For each value a name of ASCII letters, digits and single hyphens between them, at most 60 long; no two are equal,
/// upper and lower case not told apart. A value that is such a name keeps it; others are written in Latin letters
/// ("Şəki" -> "Seki"). Where that gives nothing ("—"), gives the name of another value or is cut, a hyphen and six
/// digits of the value's hash follow, so that a name depends on the set of values only where two are alike.
std::map<std::string, std::string> member_names(std::vector<std::string> const& values);

}  // namespace yekun

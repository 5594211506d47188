#include "core/mail_address.h"

#include <catch2/catch.hpp>

namespace yekun {
namespace {

TEST_CASE("What is no address is refused with the reason") {
  auto const fault = [](std::string_view text) {
    auto const read = parse_address(text);
    return read ? "accepted: " + read->address : read.error();
  };
  CHECK(fault("") == "is empty");
  CHECK(fault("office") == "has no '@'");
  CHECK(fault("@example.org") == "has nothing before the '@'");
  CHECK(fault("a@b") == "has a domain without a full stop, where something like example.org is expected");
  CHECK(fault("a@") == "has no valid domain after the '@'");
  CHECK(fault("a..b@example.org") == "has a full stop in the wrong place before the '@'");
  CHECK(fault("a@example.org, b@example.org") == "is more than one address, or has a space");
  CHECK(fault("a@example.org\r\nBcc: b@example.org") == "has a line break or a control character");
  CHECK(fault("ə@example.org") == "has 'ə' before the '@', where letters a to z, digits and . _ - + are expected");
  CHECK(fault("a@exa mple.org") == "is more than one address, or has a space");
  CHECK(fault("a@-example.org") == "has no valid domain after the '@'");
  CHECK(fault(std::string(65, 'a') + "@example.org") == "has more than 64 characters before the '@'");
}

}  // namespace
}  // namespace yekun

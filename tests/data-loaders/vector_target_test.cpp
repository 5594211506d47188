#include <dlfcn.h>
#include <hwy/targets.h>

#include <catch2/catch.hpp>

TEST_CASE("the processor is found to have what Highway's own library finds", "[data-loaders]") {
  void* const library = dlopen("libhwy.so.1", RTLD_NOW | RTLD_LOCAL);
  REQUIRE(library != nullptr);
  auto const theirs = reinterpret_cast<std::int64_t (*)()>(dlsym(library, "_ZN3hwy16SupportedTargetsEv"));
  REQUIRE(theirs != nullptr);
  REQUIRE(theirs != &hwy::SupportedTargets);
  // Of the targets that are built; both are 64-bit masks.
  CHECK((hwy::SupportedTargets() & HWY_TARGETS) == (theirs() & HWY_TARGETS));
}

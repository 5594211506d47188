// The folder of entries: who may look into it, what happens when it is full, cut off, or used by several runs at once.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/indicators/answer_support.h"

using namespace yekun;
using namespace yekun::test;

namespace {

unsigned mode_of(std::string const& path) {
  struct stat facts {};
  REQUIRE(::lstat(path.c_str(), &facts) == 0);
  return facts.st_mode & 07777U;
}

std::string refusal_of(std::string const& folder) {
  auto const store = CacheStore::open(folder);
  REQUIRE_FALSE(store);
  CHECK(store.error().front().severity == Severity::note);
  return to_text(store.error().front(), false);
}

void set_age(std::filesystem::path const& path, int seconds) {
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - std::chrono::seconds(seconds));
}

std::string content_of(int number) { return std::string(1000, static_cast<char>('a' + number % 26)); }

}  // namespace

TEST_CASE("what was put is got by its key alone", "[cache]") {
  CacheFolder const folder;
  auto const cache = folder.open();
  CHECK_FALSE(cache.store->get("key"));
  cache.store->put("key", "content");
  CHECK(cache.store->get("key") == std::optional<std::string>("content"));
  CHECK_FALSE(cache.store->get("other"));
  cache.store->put("key", "");
  CHECK(cache.store->get("key") == std::optional<std::string>(""));
  cache.store->remove("key");
  CHECK_FALSE(cache.store->get("key"));
  CHECK(cache.store->take_notes().empty());
}

TEST_CASE("an entry is found only by its whole key", "[cache]") {
  std::string const entry = entry_head("key\n1", "content") + "content";
  CHECK(entry_content(entry, "key\n1") == std::optional<std::string_view>("content"));
  CHECK_FALSE(entry_content(entry, "key\n2"));
  CHECK_FALSE(entry_content(entry, "key"));
  for (std::size_t size = 0; size < entry.size(); ++size) CHECK_FALSE(entry_content(entry.substr(0, size), "key\n1"));
  for (std::size_t at = 0; at < entry.size(); ++at) {
    std::string changed = entry;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_FALSE(entry_content(changed, "key\n1"));
  }
  CHECK_FALSE(entry_content(entry + "x", "key\n1"));
}

TEST_CASE("folder and entries are their owner's alone", "[cache]") {
  CacheFolder const outer;
  std::string const folder = outer.path() + "/deep/yekun";
  ::umask(0);
  auto const store = CacheStore::open(folder);
  ::umask(022);
  REQUIRE(store);
  (*store)->put("key", "content");
  CHECK(mode_of(folder) == 0700);
  for (auto const& one : std::filesystem::directory_iterator(folder)) CHECK(mode_of(one.path()) == 0600);

  REQUIRE(::chmod(folder.c_str(), 0750) == 0);
  CHECK(refusal_of(folder) == "note[open-cache]: the cache folder '" + folder +
                                  "' can be looked into by others, so nothing is kept in it\n  hint: chmod 700 '" +
                                  folder + "'\n");
  REQUIRE(::chmod(folder.c_str(), 0700) == 0);
  std::filesystem::create_directory_symlink(folder, outer.path() + "/link");
  CHECK(refusal_of(outer.path() + "/link")
            .starts_with("note[no-cache]: the cache folder '" + outer.path() + "/link' cannot be opened: "));
  std::ofstream(outer.path() + "/file") << "x";
  CHECK(refusal_of(outer.path() + "/file").starts_with("note[no-cache]: "));
  CHECK(refusal_of("/proc/yekun").starts_with("note[no-cache]: the cache folder '/proc/yekun' cannot be made: "));
}

TEST_CASE("a full disk is told once and leaves nothing behind", "[cache]") {
  CacheFolder const folder;
  auto const cache = folder.open();
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit const little{500, before.rlim_max};
  auto* const handler = ::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  cache.store->put("one", content_of(1));
  cache.store->put("two", content_of(2));
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  ::signal(SIGXFSZ, handler);
  auto const notes = cache.store->take_notes();
  REQUIRE(notes.size() == 1);
  CHECK(to_text(notes.front(), false) == "note[unwritable-cache]: the cache folder '" + folder.path() +
                                             "' cannot be written: File too large\n"
                                             "  hint: the next run reads the files again\n");
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK_FALSE(cache.store->get("one"));
}

TEST_CASE("beyond its size the cache forgets what was used longest ago", "[cache]") {
  CacheFolder const folder;
  auto const cache = folder.open("program", "spec", 10'000);
  for (int i = 0; i < 8; ++i) {
    cache.store->put(std::to_string(i), content_of(i));
    for (auto const& one : std::filesystem::directory_iterator(folder.path()))
      set_age(one.path(), static_cast<int>((std::filesystem::file_time_type::clock::now() -
                                            std::filesystem::last_write_time(one.path())) /
                                           std::chrono::seconds(1)) +
                              100);
  }
  cache.store->trim();
  CHECK(cache.store->use().entries == 8);
  REQUIRE(cache.store->get("0"));  // used now
  for (int i = 8; i < 12; ++i) cache.store->put(std::to_string(i), content_of(i));
  std::ofstream(folder.path() + "/.unfinished-1-0") << "of a run that was killed long ago";
  set_age(folder.path() + "/.unfinished-1-0", 4000);
  std::ofstream(folder.path() + "/.unfinished-2-0") << "of a run that writes just now";
  cache.store->trim();
  auto const use = cache.store->use();
  CHECK(use.bytes <= 10'000);
  CHECK(use.entries == 9);
  CHECK(cache.store->get("0"));
  CHECK_FALSE(cache.store->get("1"));
  CHECK(cache.store->get("11"));
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/.unfinished-1-0"));
  CHECK(std::filesystem::exists(folder.path() + "/.unfinished-2-0"));
  cache.store->put("large", std::string(6000, 'x'));  // would push out more than half
  CHECK_FALSE(cache.store->get("large"));
}

TEST_CASE("runs at once share entries, and killed ones leave none that is damaged", "[cache]") {
  CacheFolder const folder;
  constexpr int kKeys = 20;
  auto const work = [&](int seed) {
    auto const store = CacheStore::open(folder.path(), 15'000);
    if (!store) return false;
    for (int i = 0; i < 400; ++i) {
      int const number = (i * 7 + seed) % kKeys;
      std::string const key = std::to_string(number);
      if (auto const found = (*store)->get(key); found && *found != content_of(number)) return false;
      (*store)->put(key, content_of(number));
      if (i % 50 == 0) (*store)->trim();
    }
    return (*store)->take_notes().empty();
  };
  std::vector<pid_t> children;
  for (int seed = 0; seed < 6; ++seed) {
    pid_t const child = ::fork();
    if (child == 0) ::_exit(work(seed) ? 0 : 1);
    children.push_back(child);
  }
  pid_t const killed = ::fork();
  if (killed == 0)
    for (int seed = 0;; ++seed) (void)work(seed);
  for (pid_t const child : children) {
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  REQUIRE(::kill(killed, SIGKILL) == 0);
  REQUIRE(::waitpid(killed, nullptr, 0) == killed);
  auto const cache = folder.open();
  for (int number = 0; number < kKeys; ++number)
    if (auto const found = cache.store->get(std::to_string(number))) CHECK(*found == content_of(number));
  CHECK(cache.store->take_notes().empty());
}

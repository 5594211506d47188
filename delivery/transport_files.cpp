// Messages into a folder, or to a program.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "delivery/transport.h"
#include "output/artefacts.h"
#include "output/digest.h"

namespace yekun {
namespace {

/// The Message-ID's value, as a file name; a hash of the message where it has none.
std::string file_name(std::string const& message) {
  constexpr std::string_view kLead = "Message-ID: <";
  auto const at = message.find(kLead);
  auto const end = message.find('>', at);
  std::string name = at == std::string::npos || end == std::string::npos
                         ? sha256_hex(message)
                         : message.substr(at + kLead.size(), end - at - kLead.size());
  for (char& c : name)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '_';
  return name + ".eml";
}

class Drop final : public Transport {
 public:
  explicit Drop(std::string folder) : folder_(std::move(folder)) {}
  Answered send(Envelope const&, std::string const& message, std::function<bool()> const& on_commit) override {
    auto const name = file_name(message);
    if (std::filesystem::exists(folder_ + "/" + name)) return {SendOutcome::accepted, "was there already"};
    Artefacts files(folder_, std::to_string(getpid()));
    auto problems = files.prepare();
    if (problems.empty()) problems = files.write(name, message);
    if (!problems.empty()) return {SendOutcome::later, problems.front().message};
    if (!on_commit()) return {SendOutcome::later, "stopped before the end"};
    auto const done = files.publish();
    return done ? Answered{SendOutcome::accepted, name} : Answered{SendOutcome::later, done.error().front().message};
  }

 private:
  std::string folder_;
};

/// The message as a file without a name: a program that reads it has all of it, whatever becomes of us.
class Input {
 public:
  explicit Input(std::string_view message) : handle_(::memfd_create("message", MFD_CLOEXEC)) {
    while (handle_ >= 0 && !message.empty()) {
      auto const n = ::write(handle_, message.data(), message.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return;
      message.remove_prefix(static_cast<std::size_t>(n));
    }
    whole_ = handle_ >= 0 && ::lseek(handle_, 0, SEEK_SET) == 0;
  }
  Input(Input const&) = delete;
  Input& operator=(Input const&) = delete;
  ~Input() {
    if (handle_ >= 0) ::close(handle_);
  }
  bool whole() const { return whole_; }
  int handle() const { return handle_; }

 private:
  int handle_ = -1;
  bool whole_ = false;
};

/// Statuses that say that nothing was sent for now: sysexits.h's for trouble of the system, its files and its settings,
/// and a shell's for a program that it cannot run.
bool is_temporary(int status) {
  constexpr std::array<int, 8> kTemporary{EX_OSERR,    EX_OSFILE, EX_CANTCREAT, EX_IOERR,
                                          EX_TEMPFAIL, EX_CONFIG, 126,          127};
  return std::find(kTemporary.begin(), kTemporary.end(), status) != kTemporary.end();
}

class Program final : public Transport {
 public:
  Program(std::string path, long timeout_seconds) : path_(std::move(path)), timeout_seconds_(timeout_seconds) {}
  Answered send(Envelope const& envelope, std::string const& message, std::function<bool()> const& on_commit) override {
    Input const input(message);
    if (!input.whole()) return {SendOutcome::later, fmt::format("no room for the message: {}", std::strerror(errno))};
    if (!on_commit()) return {SendOutcome::later, "stopped before the end"};
    pid_t child = 0;
    if (int const code = start(envelope, input.handle(), child); code != 0)
      return {SendOutcome::later, fmt::format("'{}' cannot be run: {}", path_, std::strerror(code)), Reach::nowhere};
    bool const ended = wait_for(child);
    if (!ended) ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return ended ? judge(status)
                 : Answered{SendOutcome::uncertain,
                            fmt::format("'{}' did not end within {} second{}", path_, timeout_seconds_,
                                        timeout_seconds_ == 1 ? "" : "s"),
                            Reach::nowhere};
  }

 private:
  /// In a process group of its own, so that what it has started is stopped with it.
  int start(Envelope const& envelope, int input, pid_t& child) const {
    std::array<std::string, 6> words{path_, "-i", "-f", envelope.from, "--", envelope.to};
    std::array<char*, 7> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments.at(i) = words.at(i).data();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    int const code = posix_spawnp(&child, path_.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }

  /// Whether it ends in time.
  bool wait_for(pid_t child) const {
    auto const handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (handle < 0) return true;  // an old system: wait however long it takes
    pollfd wanted{handle, POLLIN, 0};
    int found = 0;
    while ((found = ::poll(&wanted, 1, static_cast<int>(timeout_seconds_ * 1000))) < 0 && errno == EINTR) {
    }
    ::close(handle);
    return found > 0;
  }

  Answered judge(int status) const {
    if (!WIFEXITED(status)) return {SendOutcome::uncertain, fmt::format("'{}' was stopped by a signal", path_)};
    int const code = WEXITSTATUS(status);
    if (code == 0) return {SendOutcome::accepted, path_};
    return {is_temporary(code) ? SendOutcome::later : SendOutcome::refused,
            fmt::format("'{}' ended with status {}", path_, code)};
  }

  std::string path_;
  long timeout_seconds_;
};

}  // namespace

std::string_view to_text(SendOutcome outcome) {
  switch (outcome) {
    case SendOutcome::accepted:
      return "accepted";
    case SendOutcome::refused:
      return "refused";
    case SendOutcome::later:
      return "later";
    case SendOutcome::uncertain:
      return "uncertain";
  }
  return {};
}

std::unique_ptr<Transport> drop_transport(std::string folder) { return std::make_unique<Drop>(std::move(folder)); }
std::unique_ptr<Transport> program_transport(std::string program, long timeout_seconds) {
  return std::make_unique<Program>(std::move(program), timeout_seconds);
}

}  // namespace yekun

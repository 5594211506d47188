// Messages into a folder, or to a program.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "delivery/transport.h"
#include "output/artefacts.h"
#include "output/digest.h"

namespace yekun {
namespace {

constexpr int kTryAgain = 75;  // EX_TEMPFAIL of sysexits.h

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

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(std::size_t i) {
    if (ends.at(i) >= 0) ::close(ends.at(i));
    ends.at(i) = -1;
  }
};

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const n = ::write(to, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

class Program final : public Transport {
 public:
  explicit Program(std::string path) : path_(std::move(path)) {}
  Answered send(Envelope const& envelope, std::string const& message, std::function<bool()> const& on_commit) override {
    Pipe pipe;
    if (::pipe2(pipe.ends.data(), O_CLOEXEC) != 0) return {SendOutcome::later, std::strerror(errno)};
    pid_t child = 0;
    if (int const code = start(envelope, pipe.ends[0], child); code != 0)
      return {SendOutcome::later, fmt::format("'{}' cannot be run: {}", path_, std::strerror(code))};
    pipe.close_end(0);
    // The last byte waits for on_commit: until then the program cannot have the whole message.
    std::string_view const bytes = message;
    bool const most = write_all(pipe.ends[1], bytes.substr(0, bytes.size() - 1));
    bool const committed = most && on_commit();
    if (!committed) ::kill(child, SIGKILL);
    bool const whole = committed && write_all(pipe.ends[1], bytes.substr(bytes.size() - 1));
    pipe.close_end(1);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return judge(status, committed, whole);
  }

 private:
  int start(Envelope const& envelope, int input, pid_t& child) const {
    std::array<std::string, 6> words{path_, "-i", "-f", envelope.from, "--", envelope.to};
    std::array<char*, 7> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments.at(i) = words.at(i).data();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    int const code = posix_spawn(&child, path_.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }

  Answered judge(int status, bool committed, bool whole) const {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && whole) return {SendOutcome::accepted, path_};
    auto const said = WIFEXITED(status) ? fmt::format("'{}' ended with status {}", path_, WEXITSTATUS(status))
                                        : fmt::format("'{}' was stopped by a signal", path_);
    if (!committed || (WIFEXITED(status) && WEXITSTATUS(status) == kTryAgain)) return {SendOutcome::later, said};
    return {WIFEXITED(status) ? SendOutcome::refused : SendOutcome::uncertain, said};
  }

  std::string path_;
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
std::unique_ptr<Transport> program_transport(std::string program) {
  return std::make_unique<Program>(std::move(program));
}

}  // namespace yekun

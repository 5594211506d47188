#include "app/smtp_probe.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace yekun {
namespace {

struct CloseSocket {
  int handle = -1;
  CloseSocket() = default;
  explicit CloseSocket(int one) : handle(one) {}
  CloseSocket(CloseSocket const&) = delete;
  CloseSocket& operator=(CloseSocket const&) = delete;
  ~CloseSocket() {
    if (handle >= 0) close(handle);
  }
};

bool wait_for(int handle, short event, int seconds) {
  pollfd wanted{handle, event, 0};
  return poll(&wanted, 1, seconds * 1000) == 1;
}

/// 0, or the error number.
int connect_to(int handle, addrinfo const& address, int seconds) {
  fcntl(handle, F_SETFL, fcntl(handle, F_GETFL) | O_NONBLOCK);
  if (connect(handle, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!wait_for(handle, POLLOUT, seconds)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

tl::expected<std::string, std::string> greeting(int handle, int seconds) {
  std::array<char, 256> bytes{};
  if (!wait_for(handle, POLLIN, seconds)) return tl::unexpected(std::string("it connects, but does not greet"));
  auto const count = recv(handle, bytes.data(), bytes.size(), 0);
  std::string line(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  line = line.substr(0, line.find_first_of("\r\n"));
  if (line.starts_with("220")) return line;
  return tl::unexpected(fmt::format("it answers '{}', which is no greeting of a mail server", line));
}

}  // namespace

tl::expected<std::string, std::string> probe_mail_server(std::string const& host, int port, bool greets, int seconds) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (int const code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list); code != 0)
    return tl::unexpected(fmt::format("its name is not known: {}", gai_strerror(code)));
  std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> const addresses(list, &freeaddrinfo);
  int error = 0;
  for (auto const* one = list; one != nullptr; one = one->ai_next) {
    CloseSocket const handle(socket(one->ai_family, one->ai_socktype, one->ai_protocol));
    if (handle.handle < 0) continue;
    error = connect_to(handle.handle, *one, seconds);
    if (error == 0)
      return greets ? greeting(handle.handle, seconds) : tl::expected<std::string, std::string>("connected");
  }
  return tl::unexpected(error == ETIMEDOUT      ? fmt::format("no answer within {} seconds", seconds)
                        : error == ECONNREFUSED ? "nothing listens there"
                                                : std::string(std::strerror(error)));
}

}  // namespace yekun

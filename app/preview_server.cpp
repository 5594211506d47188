#include "app/preview_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

namespace yekun {
namespace {

constexpr std::size_t kConnections = 32;  // an open page holds one
constexpr std::chrono::seconds kSignOfLife{10};
constexpr char const* kAddress = "127.0.0.1";

/// What no browser may make of our pages: frames or data of other sites, guessed types, stale copies.
void add_headers(httplib::Response& response) {
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("X-Frame-Options", "SAMEORIGIN");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  response.set_header("Referrer-Policy", "no-referrer");
}

constexpr char const* kPolicy =
    "default-src 'none'; img-src 'self' data:; frame-src 'self'; connect-src 'self'; style-src 'self'; script-src "
    "'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

}  // namespace

struct PreviewServer::Parts {
  httplib::Server server{};
  int port = 0;
  std::mutex mutex{};
  std::condition_variable changed{};
  Site site{};
  std::uint64_t version = 0;
  bool ended = false;
  std::thread listening{};

  /// Before anything else is looked at.
  bool refuse(httplib::Request const& request, httplib::Response& response) const {
    add_headers(response);
    bool const own = is_own_host(request.get_header_value("Host"), port);
    bool const reads = request.method == "GET" || request.method == "HEAD";
    if (own && reads) return false;
    response.status = own ? 405 : 403;
    response.set_content(own ? "only GET\n" : "this is not the address of the preview\n", "text/plain");
    return true;
  }

  void answer(httplib::Request const& request, httplib::Response& response) {
    std::lock_guard const lock(mutex);
    auto const found = site.find(request.path);
    if (found == site.end()) {
      response.status = 404;
      response.set_content("there is no such page in the preview\n", "text/plain");
      return;
    }
    if (!request.path.ends_with("dashboard.html")) response.set_header("Content-Security-Policy", kPolicy);
    response.set_content(found->second.bytes, found->second.type);
  }

  /// A line for the version now and each later one; a comment now and then finds out who has gone.
  void tell(httplib::Response& response) {
    auto const told = std::make_shared<std::uint64_t>(0);
    response.set_chunked_content_provider("text/event-stream", [this, told](std::size_t, httplib::DataSink& sink) {
      std::unique_lock lock(mutex);
      bool const fresh = changed.wait_for(lock, kSignOfLife, [&] { return ended || version != *told; });
      if (ended) return false;
      *told = version;
      std::string const text = fresh ? fmt::format("data: {}\n\n", version) : ": still here\n\n";
      lock.unlock();
      return sink.write(text.data(), text.size());
    });
  }
};

PreviewServer::PreviewServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<PreviewServer>> PreviewServer::open(int port) {
  auto parts = std::make_unique<Parts>();
  Parts& own = *parts;
  own.server.new_task_queue = [] { return new httplib::ThreadPool(kConnections); };  // the server owns it
  own.server.set_socket_options([](socket_t socket) {
    int const yes = 1;  // without it the port of a preview that has just ended is not free; two at once stay an error
    (void)::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  own.server.set_payload_max_length(1024);
  own.server.set_pre_routing_handler([&own](httplib::Request const& request, httplib::Response& response) {
    return own.refuse(request, response) ? httplib::Server::HandlerResponse::Handled
                                         : httplib::Server::HandlerResponse::Unhandled;
  });
  own.server.Get("/events", [&own](httplib::Request const&, httplib::Response& response) { own.tell(response); });
  own.server.Get(
      ".*", [&own](httplib::Request const& request, httplib::Response& response) { own.answer(request, response); });
  own.port = port > 0 ? (own.server.bind_to_port(kAddress, port) ? port : -1) : own.server.bind_to_any_port(kAddress);
  if (own.port <= 0) {
    Diagnostic out;
    out.fault = Fault::render;
    out.code = "port";
    out.message = fmt::format("cannot listen on {}:{}: {}", kAddress, port, std::strerror(errno));
    out.hint = "choose another one with --port, or leave it out: then any free one is taken";
    return failure(std::move(out));
  }
  own.listening = std::thread([&own] { own.server.listen_after_bind(); });
  return std::unique_ptr<PreviewServer>(new PreviewServer(std::move(parts)));
}

PreviewServer::~PreviewServer() {
  {
    std::lock_guard const lock(parts_->mutex);
    parts_->ended = true;
  }
  parts_->changed.notify_all();
  while (!parts_->server.is_running()) std::this_thread::yield();  // stop() before the first accept() would be lost
  parts_->server.stop();
  parts_->listening.join();
}

int PreviewServer::port() const { return parts_->port; }

void PreviewServer::show(Site site, std::uint64_t version) {
  {
    std::lock_guard const lock(parts_->mutex);
    parts_->site = std::move(site);
    parts_->version = version;
  }
  parts_->changed.notify_all();
}

}  // namespace yekun

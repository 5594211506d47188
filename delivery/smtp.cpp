// SMTP over libcurl. The library is loaded when the first transport is made, so that a build without mail never pays
// for it.
#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"
#include "delivery/transport.h"

namespace yekun {
namespace {

/// The few functions of libcurl that are used.
struct Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) init = nullptr;
  decltype(&curl_easy_reset) reset = nullptr;
  decltype(&curl_easy_setopt) set = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_getinfo) info = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_easy_strerror) error = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_all = nullptr;
};

template <class Function>
bool find(void* library, char const* name, Function& out) {
  out = reinterpret_cast<Function>(dlsym(library, name));
  return out != nullptr;
}

bool load(Curl& curl) {
  void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);  // stays for the life of the process
  return library != nullptr && find(library, "curl_global_init", curl.global_init) &&
         find(library, "curl_easy_init", curl.init) && find(library, "curl_easy_reset", curl.reset) &&
         find(library, "curl_easy_setopt", curl.set) && find(library, "curl_easy_perform", curl.perform) &&
         find(library, "curl_easy_getinfo", curl.info) && find(library, "curl_easy_cleanup", curl.cleanup) &&
         find(library, "curl_easy_strerror", curl.error) && find(library, "curl_slist_append", curl.append) &&
         find(library, "curl_slist_free_all", curl.free_all) && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/// What goes out and comes back while one message is sent.
struct Conversation {
  std::string const& message;
  std::function<bool()> const& on_commit;
  std::size_t at = 0;
  bool committed = false;
  std::string reply{};      // the server's last answer
  bool is_unended = false;  // more lines of it follow
  std::string fault{};      // its last answer that refused something: a QUIT may follow
};

constexpr std::size_t kWords = 300;  // of an answer that are kept

/// A line of an answer as it may be shown: valid UTF-8 in which every control character is a space.
std::string shown(std::string_view line) {
  std::string out = to_valid_utf8(line);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const byte = static_cast<unsigned char>(out[i]);
    bool const c1 = byte == 0xC2 && static_cast<unsigned char>(out[i + 1]) < 0xA0;
    if (c1) out.erase(i, 1);
    if (c1 || byte < 0x20 || byte == 0x7F) out[i] = ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// At most so many bytes, cut between code points.
void shorten(std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80) --bytes;
  text.resize(bytes);
}

std::size_t give(char* to, std::size_t size, std::size_t count, void* user) {
  auto& talk = *static_cast<Conversation*>(user);
  std::size_t const n = std::min(size * count, talk.message.size() - talk.at);
  if (n == 0) {  // libcurl sends the closing dot after this
    if (!talk.on_commit()) return CURL_READFUNC_ABORT;
    talk.committed = true;
    return 0;
  }
  std::copy_n(talk.message.data() + talk.at, n, to);
  talk.at += n;
  return n;
}

std::size_t hear(char* line, std::size_t size, std::size_t count, void* user) {
  auto& talk = *static_cast<Conversation*>(user);
  std::string_view const raw(line, std::min(size * count, 2 * kWords));
  bool const goes_on = talk.is_unended;
  talk.is_unended = raw.size() > 3 && raw[3] == '-';
  if (goes_on)
    talk.reply += ' ' + shown(raw.substr(std::min<std::size_t>(4, raw.size())));
  else
    talk.reply = shown(raw);
  shorten(talk.reply, kWords);
  if (talk.reply.starts_with('4') || talk.reply.starts_with('5')) talk.fault = talk.reply;
  return size * count;
}

class Smtp final : public Transport {
 public:
  Smtp(Curl curl, SmtpServer server) : curl_(curl), server_(std::move(server)), handle_(curl_.init()) {}
  Smtp(Smtp const&) = delete;
  Smtp& operator=(Smtp const&) = delete;
  ~Smtp() override {
    if (handle_ != nullptr) curl_.cleanup(handle_);
  }

  Answered send(Envelope const& envelope, std::string const& message, std::function<bool()> const& on_commit) override {
    if (handle_ == nullptr) return {SendOutcome::later, "no memory for a connection"};
    Conversation talk{message, on_commit};
    curl_.reset(handle_);  // keeps the connection
    set_server(envelope);
    curl_slist* const to = curl_.append(nullptr, ("<" + envelope.to + ">").c_str());
    curl_.set(handle_, CURLOPT_MAIL_FROM, ("<" + envelope.from + ">").c_str());
    curl_.set(handle_, CURLOPT_MAIL_RCPT, to);
    curl_.set(handle_, CURLOPT_UPLOAD, 1L);
    curl_.set(handle_, CURLOPT_READFUNCTION, give);
    curl_.set(handle_, CURLOPT_READDATA, &talk);
    curl_.set(handle_, CURLOPT_HEADERFUNCTION, hear);
    curl_.set(handle_, CURLOPT_HEADERDATA, &talk);
    CURLcode const code = curl_.perform(handle_);
    curl_.free_all(to);
    return judge(code, talk);
  }

 private:
  void set_server(Envelope const& envelope) {
    bool const tls = server_.security == SmtpServer::Security::tls;
    auto const hello = server_.hello.empty() ? envelope.from.substr(envelope.from.rfind('@') + 1) : server_.hello;
    curl_.set(handle_, CURLOPT_URL,
              fmt::format("{}://{}:{}/{}", tls ? "smtps" : "smtp", server_.host, server_.port, hello).c_str());
    curl_.set(handle_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_.set(handle_, CURLOPT_USE_SSL,
              static_cast<long>(server_.security == SmtpServer::Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_.set(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server_.ca_file.empty()) curl_.set(handle_, CURLOPT_CAINFO, server_.ca_file.c_str());
    if (!server_.user.empty()) {
      curl_.set(handle_, CURLOPT_USERNAME, server_.user.c_str());
      curl_.set(handle_, CURLOPT_PASSWORD, server_.password.c_str());
    }
    curl_.set(handle_, CURLOPT_CONNECTTIMEOUT, std::min(15L, server_.timeout_seconds));
    curl_.set(handle_, CURLOPT_TIMEOUT, server_.timeout_seconds);
    curl_.set(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_.set(handle_, CURLOPT_PROXY, "");  // mail goes where the spec says
  }

  Answered judge(CURLcode code, Conversation const& talk) const {
    if (code == CURLE_OK) return {SendOutcome::accepted, talk.reply};
    long status = 0;
    curl_.info(handle_, CURLINFO_RESPONSE_CODE, &status);
    bool const answered = status >= 400 && status <= 599;
    auto const detail = answered ? talk.fault : std::string(curl_.error(code));
    if (talk.committed) {
      if (!answered)
        return {SendOutcome::uncertain, detail, code == CURLE_OPERATION_TIMEDOUT ? Reach::nowhere : Reach::server};
      return {status >= 500 ? SendOutcome::refused : SendOutcome::later, detail};
    }
    // Only an answer about this message is final; a server that will not talk to us at all may do so later.
    bool const about_message = code == CURLE_SEND_ERROR && status >= 500 && answered;
    return {about_message ? SendOutcome::refused : SendOutcome::later, detail, reach_of(code, status, talk)};
  }

  static Reach reach_of(CURLcode code, long status, Conversation const& talk) {
    bool const busy = status >= 400 && status <= 499;
    if ((code == CURLE_LOGIN_DENIED && !busy) || code == CURLE_PEER_FAILED_VERIFICATION ||
        code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CACERT_BADFILE)
      return Reach::shut_out;
    return talk.reply.empty() || code == CURLE_OPERATION_TIMEDOUT ? Reach::nowhere : Reach::server;
  }

  Curl curl_;
  SmtpServer server_;
  CURL* handle_;
};

}  // namespace

Result<std::unique_ptr<Transport>> smtp_transport(SmtpServer server) {
  Curl curl;
  if (!load(curl)) {
    Diagnostic out;
    out.fault = Fault::delivery;
    out.code = "no-libcurl";
    out.message = "mail cannot be sent: the library libcurl.so.4 is not installed";
    out.hint = "install the package libcurl4";
    return failure(std::move(out));
  }
  return std::make_unique<Smtp>(curl, std::move(server));
}

}  // namespace yekun

// Serves a Site on 127.0.0.1 and tells browsers when it is another one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/preview_site.h"

namespace yekun {

class PreviewServer {
 public:
  /// Only 127.0.0.1; `port` 0: any free one. Error (Fault::render): it cannot be had.
  static Result<std::unique_ptr<PreviewServer>> open(int port);
  PreviewServer(PreviewServer const&) = delete;
  PreviewServer& operator=(PreviewServer const&) = delete;
  ~PreviewServer();

  int port() const;
  /// From now on these pages, of a version greater than any before; browsers are told.
  void show(Site site, std::uint64_t version);

 private:
  struct Parts;
  explicit PreviewServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace yekun

#include "data-loaders/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

namespace yekun {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += kDigits[digest[i] >> 4U];
    out += kDigits[digest[i] & 15U];
  }
  return out;
}

std::string random_fingerprint_key() {
  std::array<unsigned char, kFingerprintKey> key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) return {};
  return {key.begin(), key.end()};
}

}  // namespace yekun

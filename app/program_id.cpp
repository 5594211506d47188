#include "app/program_id.h"

#include <elf.h>
#include <link.h>

#include <cstring>

#include "app/command.h"

namespace yekun {
namespace {

/// The linker's id of the build, in the first object that is asked about: the program itself.
int take_build_id(dl_phdr_info* object, std::size_t /*size*/, void* to) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    auto const& part = object->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    auto const* at = reinterpret_cast<char const*>(object->dlpi_addr + part.p_vaddr);
    auto const* const end = at + part.p_memsz;
    while (end - at > static_cast<std::ptrdiff_t>(sizeof(ElfW(Nhdr)))) {
      ElfW(Nhdr) note{};
      std::memcpy(&note, at, sizeof note);
      auto const padded = [](std::size_t n) { return (n + 3) & ~std::size_t{3}; };
      char const* const content = at + sizeof note + padded(note.n_namesz);
      if (note.n_type == NT_GNU_BUILD_ID && content + note.n_descsz <= end)
        static_cast<std::string*>(to)->assign(content, note.n_descsz);
      at = content + padded(note.n_descsz);
    }
  }
  return 1;  // no further object
}

}  // namespace

std::string program_id() {
  std::string id = kVersion;
  (void)dl_iterate_phdr(take_build_id, &id);
  return id;
}

}  // namespace yekun

#include "grader/base/build_id.hpp"

#include <elf.h>
#include <link.h>

#include <cstring>

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"

namespace pset3 {
namespace {

std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

/// @returns the id in a segment of notes, or "".
std::string id_in(const char* notes, std::size_t size) {
  ElfW(Nhdr) note{};
  while (size >= sizeof note) {
    std::memcpy(&note, notes, sizeof note);
    const std::size_t name_at = sizeof note;
    const std::size_t text_at = name_at + padded(note.n_namesz);
    const std::size_t end = text_at + padded(note.n_descsz);
    if (end > size) return "";
    const bool is_gnu = note.n_namesz == 4 && std::memcmp(notes + name_at, "GNU", 4) == 0;
    if (is_gnu && note.n_type == NT_GNU_BUILD_ID) {
      return to_hex({notes + text_at, note.n_descsz});
    }
    notes += end;
    size -= end;
  }
  return "";
}

/// The first object that is told of is the program itself.
int look_at_program(dl_phdr_info* info, std::size_t /*size*/, void* id) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): that is how the loader tells addresses
    const auto* notes = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    std::string& found = *static_cast<std::string*>(id);
    found = id_in(notes, segment.p_memsz);
    if (!found.empty()) break;
  }
  return 1;
}

std::string find_id() {
  std::string id;
  ::dl_iterate_phdr(look_at_program, &id);
  return id.empty() ? hash_of(read_file("/proc/self/exe")) : id;
}

}  // namespace

const std::string& build_id() {
  static const std::string kId = find_id();
  return kId;
}

}  // namespace pset3

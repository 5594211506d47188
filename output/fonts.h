// The fonts carried in the program, alone: the machine's own fonts and font settings are neither read nor needed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/diagnostic.h"

typedef struct _PangoContext PangoContext;  // NOLINT(bugprone-reserved-identifier): as pango declares them
typedef struct _PangoFontMap PangoFontMap;  // NOLINT(bugprone-reserved-identifier)
typedef struct _FcConfig FcConfig;          // NOLINT(bugprone-reserved-identifier)

namespace yekun {

struct UnrefPango {
  void operator()(PangoContext* context) const;
  void operator()(PangoFontMap* map) const;
};
using PangoContextPtr = std::unique_ptr<PangoContext, UnrefPango>;

/// Noto Sans, Noto Sans Georgian and Noto Sans Mono, regular and bold. A size of 1
/// is 1 unit of the cairo surface, unhinted, so that widths are the same on every surface and at every scale.
/// One thread at a time; load once a process (it sets fontconfig's current configuration).
class FontSet {
 public:
  /// Fails (Fault::internal) if the system refuses memory files or a font does not read.
  static Result<FontSet> load();
  ~FontSet();
  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;

  PangoFontMap* map() const;
  /// A context with the settings every surface must share: no hinting, sub-unit glyph positions, 72 units an inch.
  PangoContextPtr context() const;

 private:
  struct Handles;
  explicit FontSet(std::unique_ptr<Handles> handles);
  std::unique_ptr<Handles> handles_;
};

}  // namespace yekun

#pragma once

// Private to the room: MFER, the Japanese format of medical waveforms (ISO/TS 11073-92001:2007, ISO
// 22077-1:2015; MFER Part I, www.mfer.org).

#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/signal/Fields.h"
#include "core/intake/signal/Page.h"

namespace kamei::intake::signal {

/// What a file says beside its samples. Malformed when its definitions do not fill it, or bytes stand behind
/// its end; UnsupportedFormat (args: "mfer") for compressed definitions, which nobody here can look into.
[[nodiscard]] base::Expected<std::vector<Field>> mferFields(std::string_view bytes);

[[nodiscard]] base::Expected<Page> mferPage(std::string_view bytes);
[[nodiscard]] base::Expected<std::string> rewriteMfer(std::string bytes, const Page& page,
                                                      const std::vector<Change>& changes);

} // namespace kamei::intake::signal

#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "core/intake/signal/Page.h"

namespace kamei::test {

/// Without changes a recording comes back byte for byte; with every part changed it keeps its length, and can
/// be read again. `all`: also what holds a date or a time, whatever the value.
inline void fuzzRecording(const std::string& bytes, std::string_view format, bool all) {
    namespace signal = kamei::intake::signal;
    const auto page = signal::open(bytes, format);
    if (!page) {
        return;
    }
    if (page->text.segments().size() != page->places.size()) {
        std::abort();
    }
    const auto same = signal::rewrite(bytes, format, *page, {});
    if (!same || *same != bytes) {
        std::abort();
    }
    (void)signal::subjectHint(*page);
    for (const char* value :
         {"", "Q", "[a name that is longer than what it stands for, and holds\x14 marks]"}) {
        std::vector<signal::Change> changes;
        for (std::size_t i = 0; i < page->places.size(); ++i) {
            const auto& part = page->text.segments()[i];
            if (all || (page->places[i].date == signal::DateForm::None && part.path != "start/time")) {
                changes.push_back({i, 0, part.end - part.start, value});
            }
        }
        const auto written = signal::rewrite(bytes, format, *page, changes);
        if (all && !written) {
            std::abort();
        }
        if (written && (written->size() != bytes.size() || !signal::open(*written, format))) {
            std::abort();
        }
    }
}

} // namespace kamei::test

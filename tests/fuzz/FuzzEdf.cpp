#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/signal/Page.h"

using namespace kamei::intake;

/// Without changes a recording comes back byte for byte; with every part changed it keeps its length, can be
/// read again, and no part says what it said.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto page = signal::open(bytes, "edf");
    if (!page) {
        return 0;
    }
    if (page->text.segments().size() != page->places.size()) {
        std::abort();
    }
    const auto same = signal::rewrite(bytes, "edf", *page, {});
    if (!same || *same != bytes) {
        std::abort();
    }
    (void)signal::subjectHint(*page);
    for (const char* value :
         {"", "Q", "[a name that is longer than what it stands for, and holds\x14 marks]"}) {
        std::vector<signal::Change> changes;
        for (std::size_t i = 0; i < page->places.size(); ++i) {
            const auto& part = page->text.segments()[i];
            if (page->places[i].date == signal::DateForm::None && part.path != "start/time") {
                changes.push_back({i, 0, part.end - part.start, value});
            }
        }
        const auto written = signal::rewrite(bytes, "edf", *page, changes);
        if (written && (written->size() != bytes.size() || !signal::open(*written, "edf"))) {
            std::abort();
        }
    }
    return 0;
}

#include "core/intake/Shown.h"

#include "core/intake/genome/Variants.h"
#include "core/intake/signal/Page.h"

namespace kamei::intake {

base::Expected<text::TextSource> readShown(std::string bytes, std::string_view format) {
    if (format == "vcf" || format == "bcf") {
        auto variants = genome::open(std::move(bytes));
        return variants ? base::Expected<text::TextSource>(std::move(variants->text))
                        : tl::unexpected(variants.error());
    }
    if (format == "edf" || format == "scp-ecg" || format == "mfer") {
        auto page = signal::open(bytes, format);
        return page ? base::Expected<text::TextSource>(std::move(page->text)) : tl::unexpected(page.error());
    }
    if (format == "sequences") {
        return text::TextSource::ofUtf8("配列データは表示しません。\nSequence data are not shown.\n", {});
    }
    return text::TextSource::read(std::move(bytes), format);
}

} // namespace kamei::intake

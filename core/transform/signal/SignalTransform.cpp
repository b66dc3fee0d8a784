#include "core/transform/signal/SignalTransform.h"

#include <algorithm>

#include "core/intake/Format.h"
#include "core/intake/signal/Page.h"
#include "core/transform/text/NewValue.h"
#include "core/transform/text/People.h"
#include "core/transform/text/Plan.h"

namespace kamei::transform::signal {
namespace {

using intake::signal::Change;
using intake::signal::DateForm;
using intake::signal::Page;
using intake::text::Segment;
using model::Action;

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.signal/1";
/// A date of the recording or of a report on it and its time of day differ in the last word of their path.
constexpr std::string_view kDateEnd = "/date";
constexpr std::string_view kTimeEnd = "/time";

bool hasJapanese(std::string_view utf8) {
    return std::any_of(utf8.begin(), utf8.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

class SignalTransform final : public Transform {
public:
    SignalTransform(const model::Asset& asset, const Context& context, std::vector<text::Step> steps)
        : m_key(context.key), m_people(asset, context), m_steps(std::move(steps)),
          m_extension(extensionOf(context)) {}

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + m_key.fingerprint() + '\n');
        hasher.update(m_people.description());
        hasher.update(text::description(m_steps));
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return m_extension; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (!source.sha256.isZero() && base::sha256(*bytes) != source.sha256) {
            return base::fail(base::ErrorCode::SourceChanged, "transform.signal.apply");
        }
        const auto page = intake::signal::open(*bytes, source.format);
        if (!page) {
            return tl::unexpected(page.error());
        }
        const auto changes = changesOf(*page);
        if (!changes) {
            return tl::unexpected(changes.error());
        }
        const auto written = intake::signal::rewrite(std::move(*bytes), source.format, *page, *changes);
        if (!written) {
            return tl::unexpected(written.error());
        }
        if (auto done = out.write(std::as_bytes(std::span(written->data(), written->size()))); !done) {
            return tl::unexpected(done.error());
        }
        return Result{};
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_people.subject().pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "W");
    }

private:
    static std::string_view extensionOf(const Context& context) {
        if (context.sources.empty()) {
            return "edf";
        }
        const model::Source& first = context.sources.front();
        if (first.format == "edf") {
            return first.facts.find("\"BDF") != std::string::npos ? "bdf" : "edf";
        }
        return first.format == "scp-ecg" ? "scp" : first.format == "mfer" ? "mwf" : "dat";
    }

    [[nodiscard]] base::Expected<std::vector<Change>> changesOf(const Page& page) const {
        const bool japanese = hasJapanese(page.text.text());
        const auto& parts = page.text.segments();
        std::vector<Change> out;
        for (const text::Step& range : text::rangesOf(m_steps, page.text)) {
            auto part = std::partition_point(parts.begin(), parts.end(),
                                             [&](const Segment& s) { return s.end <= range.start; });
            if (part == parts.end() || part->start >= range.end) {
                return base::fail(base::ErrorCode::NotPossible, "transform.signal.apply", {"place"});
            }
            for (; part != parts.end() && part->start < range.end; ++part) {
                const auto slot = static_cast<std::size_t>(part - parts.begin());
                const std::int64_t from = std::max(range.start, part->start);
                const std::int64_t to = std::min(range.end, part->end);
                const text::OldValue old{
                    {}, range.label, from == part->start && to == part->end, japanese, false};
                auto value = valueOf(page, slot, page.text.slice(from, to), old, range.action);
                if (value) {
                    const DateForm form = page.places[slot].date;
                    const bool dateGone =
                        part->path.ends_with(kDateEnd) && *value == intake::signal::noDate(form);
                    out.push_back({slot, from - part->start, to - part->start, std::move(*value)});
                    if (dateGone) {
                        dropTime(page, part->path, out);
                    }
                }
            }
        }
        return out;
    }

    [[nodiscard]] std::optional<std::string> valueOf(const Page& page, std::size_t slot,
                                                     const std::string& text, text::OldValue old,
                                                     Action action) const {
        const DateForm form = page.places[slot].date;
        old.text = text;
        if (form == DateForm::None || !old.whole || action == Action::Keep) {
            return text::newValue(old, action, m_people.subject(), m_key);
        }
        const std::string date = intake::signal::readDate(text, form);
        base::Expected<std::string> next = std::string();
        if (!date.empty() &&
            (action == Action::Shift || action == Action::Noise || action == Action::Replace)) {
            next = pseudonym::shiftDate(date, m_people.subject().shiftDays);
        } else if (!date.empty() && (action == Action::Generalise || action == Action::TopCode)) {
            next = pseudonym::generaliseDateToMonth(date);
        }
        std::string written = next && !next->empty() ? intake::signal::writeDate(*next, form) : std::string();
        return written.empty() ? intake::signal::noDate(form) : written;
    }

    static void dropTime(const Page& page, std::string path, std::vector<Change>& out) {
        path.replace(path.size() - kDateEnd.size(), kDateEnd.size(), kTimeEnd);
        const auto& parts = page.text.segments();
        const auto time = std::ranges::find(parts, path, &Segment::path);
        const auto slot = static_cast<std::size_t>(time - parts.begin());
        if (time != parts.end() && std::ranges::find(out, slot, &Change::slot) == out.end()) {
            out.push_back({slot, 0, time->end - time->start, "00.00.00"});
        }
    }

    const pseudonym::Key& m_key;
    text::People m_people;
    std::vector<text::Step> m_steps;
    std::string_view m_extension;
};

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileSignal(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto steps = text::stepsOf(findings);
    if (!steps) {
        return tl::unexpected(steps.error());
    }
    return std::make_unique<SignalTransform>(asset, context, std::move(*steps));
}

} // namespace kamei::transform::signal

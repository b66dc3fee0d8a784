#include "core/transform/dicom/CompiledDicom.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/intake/Format.h"
#include "core/intake/dicom/Unopened.h"
#include "core/intake/dicom/VideoStream.h"
#include "core/intake/video/Video.h"
#include "core/transform/video/Preview.h"
#include "core/transform/video/Scratch.h"
#include "core/transform/video/VideoTransform.h"

namespace kamei::transform::dicom {
namespace {

namespace tags = intake::dicom::tags;
namespace vr = intake::dicom::vr;
using base::ErrorCode;
using intake::dicom::Instance;

constexpr std::string_view kPlace = "transform.dicom";
/// Random, under 2.25 (PS3.5 B.2): names this program and nobody's site.
constexpr std::string_view kImplementation = "2.25.297719794130613605272299146655413218725";
/// Part of the digest of masked slides: raised when the same masks fall elsewhere.
constexpr std::string_view kSlideVersion = "slide-masks-1\n";
constexpr std::string_view kImplementationVersion = "KAMEI_" KAMEI_VERSION;

std::uint64_t nextNumber() {
    static std::atomic<std::uint64_t> number{0};
    return ++number;
}

std::string placeOf(const model::Source& source) {
    return source.path.string() + '\n' + source.member;
}

std::string personKey(const model::Asset& asset, const model::Subject& subject) {
    return subject.key.empty() ? "asset|" + asset.group : subject.key;
}

/// Preamble of zeros and a fresh group 0002 (PS3.10 7.1): no titles of application entities, nothing private.
void writeMeta(std::string& out, std::string_view sopClass, std::string_view sopInstance,
               std::string_view syntax) {
    out.append(128, '\0');
    out += "DICM";
    Encoder encoder(out, true);
    encoder.head(0x00020000, vr::UL, 4);
    out.append(4, '\0');
    const std::size_t begin = out.size();
    constexpr std::array kVersion{std::byte{0}, std::byte{1}};
    encoder.bytes(0x00020001, vr::OB, kVersion);
    // Both are of type 1: what the source does not say is left out, for an empty value says less than none.
    if (!sopClass.empty()) {
        encoder.text(tags::MediaStorageSopClass, vr::UI, sopClass);
    }
    if (!sopInstance.empty()) {
        encoder.text(tags::MediaStorageSopInstance, vr::UI, sopInstance);
    }
    encoder.text(tags::TransferSyntax, vr::UI, syntax);
    encoder.text(0x00020012, vr::UI, kImplementation);
    encoder.text(0x00020013, vr::SH, kImplementationVersion);
    const auto length = static_cast<std::uint32_t>(out.size() - begin);
    for (std::size_t i = 0; i < 4; ++i) {
        out[begin - 4 + i] = static_cast<char>(length >> (8 * i));
    }
}

std::string syntaxOf(const model::Source& source) {
    const auto facts = nlohmann::json::parse(source.facts, nullptr, false);
    return facts.is_object() ? facts.value("ts", std::string()) : std::string();
}

} // namespace

CompiledDicom::CompiledDicom(Plan plan, Person person, std::map<int, model::Mute> sound,
                             const Context& context, const model::Asset& asset,
                             std::span<const model::Finding> findings)
    : m_plan(std::move(plan)), m_sound(std::move(sound)), m_scratch(context.scratch),
      m_person(std::move(person)), m_key(*pseudonym::Key::fromBytes(context.key.bytes())), m_asset(asset),
      m_context(context), m_number(nextNumber()) {
    std::int32_t first = 1;
    for (const model::Source& source : context.sources) {
        m_places.emplace(placeOf(source), Place{first, m_places.size()});
        first += source.frames;
    }
    std::ranges::copy_if(findings, std::back_inserter(m_faces), volume::takesFaceOff);
}

std::int32_t CompiledDicom::firstFrameOf(const model::Source& source) const {
    const auto found = m_places.find(placeOf(source));
    return found == m_places.end() ? 0 : found->second.firstFrame;
}

base::Expected<const volume::FrameCuts*> CompiledDicom::cuts() const {
    if (m_faces.empty()) {
        return nullptr;
    }
    std::call_once(m_cutsOnce, [this] { m_cuts = volume::FrameCuts::make(m_asset, m_faces, m_context); });
    return m_cuts ? base::Expected<const volume::FrameCuts*>(m_cuts->get()) : tl::unexpected(m_cuts.error());
}

base::Expected<const SlideMasks*> CompiledDicom::slideMasks() const {
    if (m_asset.kind != model::AssetKind::DicomSlide || m_plan.masks().empty()) {
        return nullptr;
    }
    std::call_once(m_slideOnce, [this] { m_slide = SlideMasks::make(m_context.sources, m_plan.masks()); });
    return m_slide ? base::Expected<const SlideMasks*>(&*m_slide) : tl::unexpected(m_slide.error());
}

base::Expected<void> CompiledDicom::refuseUnsupported(const Instance& instance) const {
    if (const std::string_view part = intake::dicom::unopenedPart(instance); !part.empty()) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {std::string(part)});
    }
    return {};
}

base::Expected<PixelStream> CompiledDicom::pixelsOf(const Instance& instance, const PixelMask& mask,
                                                    const VideoPart* part) const {
    return PixelStream::plan(instance, m_plan.masks().empty() && m_faces.empty() ? nullptr : &mask, part);
}

base::Sha256 CompiledDicom::digest() const {
    const bool slide = m_asset.kind == model::AssetKind::DicomSlide && !m_plan.masks().empty();
    if (m_sound.empty() && !slide) {
        return m_plan.digest();
    }
    base::Sha256Hasher hasher;
    hasher.update(m_plan.digest().bytes);
    if (slide) { // where a mask falls on one instance follows from the headers of all
        hasher.update(kSlideVersion);
        for (const model::Source& source : m_context.sources) {
            hasher.update(placeOf(source) + '\n' + source.sha256.hex() + ' ' + std::to_string(source.frames) +
                          '\n');
        }
    }
    hasher.update(video::textOf(m_sound));
    return hasher.finish();
}

video::Wish CompiledDicom::wishFor(const model::Source& source) const {
    const std::int32_t first = firstFrameOf(source);
    video::Wish out;
    out.masks = m_plan.masks();
    for (model::Mask& mask : out.masks) {
        // A source whose place in the asset is not known: the mask falls on every frame (fail closed).
        mask = first > 0 ? mask : model::everywhere(mask);
    }
    out.firstFrame = std::max(first, 1);
    out.sound = m_sound;
    return out;
}

base::Expected<VideoPart> CompiledDicom::videoOf(const Instance& instance, const model::Source& source,
                                                 const video::Wish& wish,
                                                 std::optional<video::Scratch>& scratch) const {
    const auto bytes = intake::dicom::videoBytes(instance, source.member.empty() ? source.path : "");
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto index = intake::video::indexOf(*bytes, intake::dicom::videoName(source.path, source.member));
    auto made = video::Scratch::create(m_scratch);
    if (!index || !made) {
        return tl::unexpected(index ? made.error() : index.error());
    }
    scratch.emplace(std::move(*made));
    const auto outcome = video::rewrite(*bytes, *index, wish, *scratch);
    auto written = scratch->bytes();
    if (!outcome || !written) {
        return tl::unexpected(outcome ? written.error() : outcome.error());
    }
    return VideoPart{std::move(*written), !wish.masks.empty() && !outcome->pieces.empty(), outcome->notes()};
}

base::Expected<std::optional<model::Raster>> CompiledDicom::picture(const model::Source& source,
                                                                    std::int32_t frame) const {
    const bool file = source.member.empty();
    if (!file || !intake::dicom::isVideoSyntax(syntaxOf(source))) {
        return std::optional<model::Raster>();
    }
    const auto instance = Instance::open(source.path);
    if (!instance || !intake::dicom::holdsVideo(*instance)) {
        return instance ? base::Expected<std::optional<model::Raster>>(std::nullopt)
                        : tl::unexpected(instance.error());
    }
    const auto bytes = intake::dicom::videoBytes(*instance, source.path);
    return bytes
               ? video::maskedFrame(*bytes, intake::dicom::videoName(source.path, {}), wishFor(source), frame)
               : tl::unexpected(bytes.error());
}

void CompiledDicom::writeHeader(const Instance& instance, const PixelStream& pixels, Written& out) const {
    HeaderRewriter rewriter(m_plan, instance, m_person, m_key, ValueCache::of(m_number));
    std::string sopClass = rewriter.sopClass();
    if (sopClass.empty()) {
        for (const auto& element : instance.meta()) {
            if (element.tag == tags::MediaStorageSopClass) {
                const auto raw = instance.metaValue(element);
                sopClass.assign(reinterpret_cast<const char*>(raw.data()), raw.size());
                sopClass.resize(sopClass.find_last_not_of(std::string_view("\0 ", 2)) + 1);
            }
        }
    }
    writeMeta(out.head, sopClass, rewriter.sopInstance(), pixels.transferSyntax());
    std::string body;
    rewriter.write(pixels.changes(), pixels.explicitVr(), body, out.tail);
    out.head += body;
}

base::Expected<std::string> CompiledDicom::header(const Instance& instance) const {
    if (auto supported = refuseUnsupported(instance); !supported) {
        return tl::unexpected(supported.error());
    }
    const auto pixels = PixelStream::plan(instance, nullptr);
    if (!pixels) {
        return tl::unexpected(pixels.error());
    }
    Written out;
    writeHeader(instance, *pixels, out);
    return out.head + out.tail;
}

base::Expected<Result> CompiledDicom::apply(const model::Source& source, ByteSink& out) const {
    std::string content; // of a member of an archive; outlives the instance
    auto instance = [&]() -> base::Expected<Instance> {
        if (source.member.empty()) {
            return Instance::open(source.path);
        }
        auto bytes = intake::readContent(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        content = std::move(*bytes);
        return Instance::ofMemory(std::as_bytes(std::span(content.data(), content.size())));
    }();
    if (!instance) {
        base::Error error = instance.error();
        error.code = error.code == ErrorCode::NotFound ? ErrorCode::SourceMissing : error.code;
        return tl::unexpected(error);
    }
    const bool stated = source.stamp != base::FileStamp{};
    if (source.member.empty() && stated && instance->stamp() != source.stamp) {
        return base::fail(ErrorCode::SourceChanged, kPlace);
    }
    if (auto supported = refuseUnsupported(*instance); !supported) {
        return tl::unexpected(supported.error());
    }
    video::Wish wish = wishFor(source);
    std::optional<video::Scratch> scratch; // outlives what is read from it
    std::optional<VideoPart> part;
    if (intake::dicom::holdsVideo(*instance)) {
        const auto made = videoOf(*instance, source, wish, scratch);
        if (!made) {
            return tl::unexpected(made.error());
        }
        part = *made;
    }
    const auto faces = cuts();
    const auto slide = slideMasks();
    const auto place = m_places.find(placeOf(source));
    if (!slide || (*slide != nullptr && place == m_places.end())) {
        return slide ? base::fail(ErrorCode::NotPossible, kPlace, {"mask", "place"})
                     : tl::unexpected(slide.error());
    }
    if (!faces || (*faces != nullptr && (place == m_places.end() || part))) {
        return faces ? base::fail(ErrorCode::NotPossible, kPlace, {"deface", "not-a-volume"})
                     : tl::unexpected(faces.error());
    }
    if (*slide != nullptr) {
        wish.masks = (*slide)->of(place->second.index);
    }
    const PixelMask mask(std::move(wish.masks), wish.firstFrame, *faces,
                         place == m_places.end() ? 0 : place->second.index);
    const auto pixels = pixelsOf(*instance, mask, part ? &*part : nullptr);
    if (!pixels) {
        return tl::unexpected(pixels.error());
    }
    thread_local Written written;
    written.head.clear();
    written.tail.clear();
    writeHeader(*instance, *pixels, written);
    Result result;
    result.notes = part ? part->notes : std::string();
    const auto write = [&](const std::string& text) {
        return out.write(std::as_bytes(std::span(text.data(), text.size())));
    };
    if (auto wrote = write(written.head); !wrote) {
        return tl::unexpected(wrote.error());
    }
    if (auto wrote = pixels->write(out, written.head.size(), result); !wrote) {
        return tl::unexpected(wrote.error());
    }
    if (!written.tail.empty()) {
        if (auto wrote = write(written.tail); !wrote) {
            return tl::unexpected(wrote.error());
        }
    }
    return result;
}

std::string CompiledDicom::outputName(const model::Source& source) const {
    std::string original = source.sha256.hex();
    try {
        original = nlohmann::json::parse(source.facts).at("sop").get<std::string>();
    } catch (const nlohmann::json::exception&) {
        // Without a stated UID the content's own name serves.
    }
    return m_person.pseudonym + '_' + m_key.uid(original);
}

base::Expected<std::unique_ptr<Transform>>
compileDicom(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto plan = Plan::make(findings, context);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    const std::string key = personKey(asset, context.subject);
    Person person{context.subject.pseudonym.empty() ? context.key.pseudonymId(key)
                                                    : context.subject.pseudonym,
                  context.key.dateShiftDays(key)};
    return std::make_unique<CompiledDicom>(std::move(*plan), std::move(person), video::soundKept(findings),
                                           context, asset, findings);
}

} // namespace kamei::transform::dicom

#include "core/detect/SlideDetector.h"

#include <algorithm>
#include <array>

#include "core/detect/FileNames.h"
#include "core/detect/Findings.h"
#include "core/detect/Statements.h"
#include "core/detect/Learning.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/vision/Proposals.h"
#include "core/detect/vision/Questions.h"
#include "core/intake/encoding/Unicode.h"
#include "core/intake/slide/Slide.h"

namespace kamei::detect {
namespace {

using intake::slide::Picture;
using intake::slide::Role;
using intake::slide::Slide;
using model::Action;
using Kind = model::Locator::Kind;

// The first row that fits decides. Keys: intake::slide::Statement. Serial numbers and scanner IDs tell which
// device, hence which hospital, made the slide; file and image names are chart or pathology numbers as a
// rule.
constexpr std::array kRows{
    KeyRow{"Slide.Aperio.AppMag", "", ""}, // geometry and optics: tell of nobody
    KeyRow{"Slide.Aperio.MPP", "", ""},
    KeyRow{"Slide.Aperio.StripeWidth", "", ""},
    KeyRow{"Slide.Aperio.Left", "", ""},
    KeyRow{"Slide.Aperio.Top", "", ""},
    KeyRow{"Slide.Aperio.Line", "", ""},
    KeyRow{"Slide.Aperio.Focus Offset", "", ""},
    KeyRow{"Slide.Aperio.Filtered", "", ""},
    KeyRow{"Slide.Aperio.Original", "", ""},
    KeyRow{"Slide.Aperio.Exposure", "", ""},
    KeyRow{"Slide.Aperio.Gamma", "", ""},
    KeyRow{"Slide.Ome.Image.ID", "", ""},
    KeyRow{"Slide.Aperio.User", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Slide.Tiff.Artist", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Experimenter", "CLINICIAN_NAME", "clinical-text.author"},
    KeyRow{"Slide.Aperio.Filename", "EXAM_ID", "dicom.accession-number"},
    KeyRow{"Slide.Aperio.Title", "COMMENT", "clinical-text.file-information"},
    KeyRow{"ImageID", "EXAM_ID", "dicom.accession-number"},
    KeyRow{"Barcode", "EXAM_ID", "dicom.accession-number"},
    KeyRow{"Ndpi.Reference", "EXAM_ID", "dicom.accession-number"},
    KeyRow{"ScanScope", "EXAM_ID", "physiology.device-id"},
    KeyRow{"Serial", "EXAM_ID", "physiology.device-id"},
    KeyRow{"SERIAL", "EXAM_ID", "physiology.device-id"},
    KeyRow{"UUID", "EXAM_ID", "physiology.device-id"},
    KeyRow{"HostComputer", "EXAM_ID", "physiology.device-id"},
    KeyRow{"Date", "DATE", "any.dates"},
    KeyRow{"date", "DATE", "any.dates"},
    KeyRow{"Slide.Aperio.Time", "DATE", "any.dates"},
    KeyRow{"Copyright", "FACILITY", "clinical-text.facility-name"},
    KeyRow{"Slide.", "COMMENT", "clinical-text.file-information"},
};

void addStatements(const Slide& slide, Statements& gathered, std::vector<model::Finding>& out) {
    for (const auto& statement : slide.statements()) {
        const KeyRow* const row = rowFor(kRows, statement.key);
        if (!row->label.empty() && (statement.key != "Slide.Tiff.Make" || statement.value != "Hamamatsu")) {
            gathered.add(statement.key, statement.value, *row, out);
        }
    }
}

struct PictureRow {
    Role role;
    std::string_view rule;
    std::string_view label;
    Action action;
};
constexpr std::array kPictures{
    PictureRow{Role::Label, "image-content.slide-label", "SLIDE_LABEL", Action::Replace},
    PictureRow{Role::Macro, "image-content.slide-macro", "SLIDE_MACRO", Action::Delete},
    PictureRow{Role::Other, "image-content.slide-macro", "SLIDE_PICTURE", Action::Delete},
};

void addPictures(const Slide& slide, std::int32_t firstFrame, const Context& context,
                 std::vector<model::Finding>& out) {
    for (std::size_t i = 0; i < slide.pictures().size(); ++i) {
        const Picture& picture = slide.pictures()[i];
        const auto* const row = std::ranges::find(kPictures, picture.role, &PictureRow::role);
        if (row == kPictures.end()) {
            continue;
        }
        const auto& page = slide.pages().all[picture.page];
        model::Finding finding;
        finding.locator.kind = Kind::Pixels;
        finding.locator.rect = {0, 0, static_cast<std::int32_t>(page.width),
                                static_cast<std::int32_t>(page.height)};
        const std::int32_t frame = firstFrame + static_cast<std::int32_t>(i);
        finding.locator.frames = {frame, frame};
        gradeByRule(finding, row->rule, row->action, context);
        finding.label = row->label;
        finding.detector = "slide.picture";
        out.push_back(std::move(finding));
    }
}

// Whether letters are written on the glass nobody but a person can say; until then it is open. Accepted
// without a look it destroys the scan rather than nothing.
void addQuestion(const Slide& slide, std::int32_t firstFrame, const Context& context,
                 std::vector<model::Finding>& out) {
    const auto& base = slide.pages().all[slide.pages().planes[0].front()];
    const auto planes = static_cast<std::int32_t>(slide.pages().planes.size());
    model::Finding finding = vision::question(
        "image-content.slide-label", "SLIDE_TEXT",
        {0, 0, static_cast<std::int32_t>(base.width), static_cast<std::int32_t>(base.height)}, planes,
        context);
    finding.locator.frames = {firstFrame, firstFrame + planes - 1};
    out.push_back(std::move(finding));
}

/// Whether what was read on a scan can be writing: a word of four letters or digits, four kana or two kanji.
/// Nuclei in rows are read as scattered signs, by the hundred; a person is asked about the whole scan in any
/// case.
bool looksWritten(std::string_view text) {
    using namespace japanese;
    int letters = 0;
    int kana = 0;
    int kanji = 0;
    for (const char32_t c : intake::encoding::toUtf32(text)) {
        letters = isLatin(c) || isDigit(c) ? letters + 1 : 0;
        kana = isHiragana(c) || isKatakana(c) ? kana + 1 : 0;
        kanji = isKanji(c) ? kanji + 1 : 0;
        if (letters >= 4 || kana >= 4 || kanji >= 2) {
            return true;
        }
    }
    return false;
}

/// What codes and letters say on the pictures. On the label and on the whole glass it is told with the
/// finding that takes them away as a whole, and codes are learned; on the scan what can be read is proposed
/// as a mask in pixels of the base (tissue looks like letters to whoever cannot read them, and a person is
/// asked about the scan anyway).
base::Expected<void> lookAt(const Slide& slide, std::int32_t firstFrame, const Context& context,
                            Detection& out) {
    constexpr std::size_t kMostPlanes = 16; // of a stack, all of one place
    for (std::size_t i = 0; i < slide.pictures().size(); ++i) {
        const Picture& picture = slide.pictures()[i];
        const bool scan = picture.role == Role::Scan;
        if (picture.role == Role::Thumbnail || (scan && picture.plane >= kMostPlanes)) {
            continue;
        }
        const auto raster = slide.picture(static_cast<std::int32_t>(i) + 1);
        if (!raster) {
            out.unexamined.push_back(raster.error());
            continue;
        }
        vision::Task task;
        task.frames = 1;
        auto seen = vision::propose([&](std::int32_t) -> base::Expected<model::Raster> { return *raster; },
                                    task, context.known, context);
        if (!seen) {
            return tl::unexpected(seen.error());
        }
        std::ranges::move(seen->known, std::back_inserter(out.known));
        const std::int32_t frame = firstFrame + static_cast<std::int32_t>(i);
        const auto& base = slide.pages().all[picture.page];
        std::string said;
        for (model::Finding& finding : seen->findings) {
            said += finding.text.empty() ? std::string() : (said.empty() ? "" : "\n") + finding.text;
            if (!scan || !looksWritten(finding.text)) {
                continue;
            }
            const double x = double(base.width) / raster->width;
            const double y = double(base.height) / raster->height;
            const model::RectPx& box = finding.locator.rect;
            model::Mask mask;
            mask.rect = {static_cast<std::int32_t>(box.x * x), static_cast<std::int32_t>(box.y * y),
                         static_cast<std::int32_t>(box.width * x) + 1,
                         static_cast<std::int32_t>(box.height * y) + 1};
            mask.frames = {frame, frame};
            finding.locator.rect = mask.rect;
            finding.locator.frames = mask.frames;
            finding.detail = "{\"mask\":" + model::toJson(mask) + "}";
            out.findings.push_back(std::move(finding));
        }
        const auto whole = std::ranges::find_if(out.findings, [&](const model::Finding& finding) {
            return finding.detector == "slide.picture" && finding.locator.frames.first == frame;
        });
        if (!scan && whole != out.findings.end()) {
            whole->text = shortened(said);
        }
    }
    return {};
}

/// What a scanner wrote about the slide is searched in everything else of the person: file and image names
/// are numbers of the examination.
void learnFrom(const Slide& slide, Detection& out) {
    static constexpr std::array<std::string_view, 3> kNumbers{"Slide.Aperio.Filename", "Slide.Aperio.Barcode",
                                                              "Slide.Ndpi.Reference"};
    constexpr std::size_t kShortest = 6;
    for (const auto& statement : slide.statements()) {
        const bool digits = std::ranges::any_of(statement.value, [](char c) { return c >= '0' && c <= '9'; });
        if (std::ranges::find(kNumbers, statement.key) != kNumbers.end() && digits &&
            statement.value.size() >= kShortest) {
            out.known.push_back({{}, "accession", statement.value, {}, {}});
        }
    }
}

} // namespace

base::Expected<Detection> detectSlide(const model::Asset& asset, std::span<const model::Source> sources,
                                      const Context& context) {
    Detection out;
    Statements gathered(context);
    std::int32_t frame = 1;
    for (const model::Source& source : sources) {
        const auto slide = Slide::open(source);
        if (!slide) {
            if (sources.size() == 1) {
                return tl::unexpected(slide.error());
            }
            out.unexamined.push_back(slide.error());
            frame += source.frames;
            continue;
        }
        addStatements(*slide, gathered, out.findings);
        addPictures(*slide, frame, context, out.findings);
        addQuestion(*slide, frame, context, out.findings);
        learnFrom(*slide, out);
        if (auto looked = lookAt(*slide, frame, context, out); !looked) {
            return tl::unexpected(looked.error());
        }
        frame += source.frames;
    }
    if (!asset.subject.valid()) { // what an unknown person's slide says would be looked for in everybody's
        out.known.clear();
    }
    keepDistinct(out.known);
    for (model::Finding& finding : fileNameFindings(sources, context)) {
        out.findings.push_back(std::move(finding));
    }
    return out;
}

} // namespace kamei::detect

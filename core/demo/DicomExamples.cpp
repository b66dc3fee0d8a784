// Objects that show where identifiers hide in DICOM beside the header's first level.
#include <array>
#include <cmath>
#include <cstdio>

#include "core/demo/DicomDescription.h"
#include "core/demo/DicomFiles.h"
#include "core/demo/Painter.h"

namespace kamei::demo {
namespace {

namespace fs = std::filesystem;

constexpr std::int32_t kSize = 160;                                ///< pixels, rows and columns
constexpr std::string_view kStandardCreator = "SIEMENS MR HEADER"; // PS3.15 Table E.3.10-1 names its elements
constexpr std::string_view kOwnCreator = "NORTHWIND MR 4.1";

/// A knee as circles of marrow, cortex and muscle; diffusion weighting darkens it.
std::vector<std::int16_t> knee(int slice, double weight) {
    std::vector<std::int16_t> out(static_cast<std::size_t>(kSize) * kSize);
    for (std::int32_t y = 0; y < kSize; ++y) {
        for (std::int32_t x = 0; x < kSize; ++x) {
            const double whole = std::hypot(x - 80.0, y - 80.0);
            const double bone = std::hypot(x - 78.0, y - (70.0 + 3 * slice));
            const double level = whole > 66 ? 12 : bone < 24 ? 620 : bone < 29 ? 60 : 310;
            const int grain = (x * 7 + y * 13 + slice * 5) % 23;
            out[static_cast<std::size_t>(y) * kSize + static_cast<std::size_t>(x)] =
                static_cast<std::int16_t>(level * weight + grain);
        }
    }
    return out;
}

void addOverlay(DicomWriter& out, const Person& person) {
    Canvas canvas(kSize, kSize);
    drawText(canvas, 4, 4, 12, person.romaji());
    std::vector<std::uint8_t> bits(canvas.pixels.size());
    for (std::size_t i = 0; i < bits.size(); ++i) {
        bits[i] = canvas.pixels[i] > 110 ? 1 : 0;
    }
    out.setOverlay(kSize, kSize, bits);
}

/// A content item of a structured report (PS3.3 C.17.3): relationship, kind, concept.
std::string addItem(DicomWriter& out, int number, const std::string& relationship, const std::string& kind,
                    const std::array<std::string, 3>& name) {
    const std::string path = "(0040,A730)[" + std::to_string(number) + "].";
    out.setAt(path + "(0040,A010)", relationship);
    out.setAt(path + "(0040,A040)", kind);
    out.setAt(path + "(0040,A043)[0].(0008,0100)", name[0]);
    out.setAt(path + "(0040,A043)[0].(0008,0102)", name[1]);
    out.setAt(path + "(0040,A043)[0].(0008,0104)", name[2]);
    return path;
}

} // namespace

base::Expected<std::vector<Planted>> writeKneeMr(const Person& person, const fs::path& cohort,
                                                 const std::string& folder) {
    constexpr std::array kWeights{std::pair{"0", 1.0}, std::pair{"800", 0.4}};
    std::error_code error;
    fs::create_directories(cohort / folder, error);
    std::vector<Planted> planted;
    for (int i = 0; i < 4; ++i) {
        const int slice = i / 2;
        const auto& [bValue, weight] = kWeights.at(static_cast<std::size_t>(i % 2));
        std::vector<Planted> here;
        DicomWriter out(Charset::Utf8);
        describe(out, person, "A260307-0088", folder, here);
        describeSeries(out, person, 4, i + 1, "1.2.840.10008.5.1.4.1.1.4", &here, folder);
        out.set("0008,0060", "MR");
        out.set("0008,0008", "ORIGINAL\\PRIMARY\\DIFFUSION");
        out.set("0008,0070", "NORTHWIND");
        out.set("0008,1090", "NW-MR 3");
        out.set("0018,1020", "4.1");
        out.set("0008,1030", "右膝MRI 拡散強調");
        out.set("0008,103e", "DWI 膝 " + person.familyKanji + "様");
        here.push_back({person.id, "patient-name", person.familyKanji, folder, "(0008,103E)"});
        out.set("0018,0015", "KNEE");
        out.set("0020,0060", "R");
        out.set("0018,0020", "EP");
        out.set("0018,0021", "NONE");
        out.set("0018,0022", "");
        out.set("0018,0023", "2D");
        out.set("0018,0080", "4200");
        out.set("0018,0081", "78");
        out.set("0018,0091", "1");
        out.set("0018,0050", "4");
        out.set("0018,5100", "FFS");
        out.set("0020,0052", uid(person, 4) + ".99");
        out.set("0020,1040", "");
        out.set("0020,0032", "-80\\-80\\" + decimal(4.4 * slice));
        out.set("0020,0037", "1\\0\\0\\0\\1\\0");
        out.set("0028,0030", "1\\1");
        out.set("0028,0301", "NO");
        describePixels(out, kSize, kSize, 12, false);
        // What a study of diffusion needs (Guideline 5.4.2): one creator that the standard's list knows, and
        // one of this device, which a person has to decide on.
        out.setPrivate(0x0019, kStandardCreator, 0x0c, "IS", bValue);
        out.setPrivate(0x0021, kOwnCreator, 0x20, "DS", bValue);
        out.setPrivate(0x0021, kOwnCreator, 0x31, "LO", "op " + hospital().radiographer);
        here.push_back({"", "clinician", hospital().radiographer, folder, "(0021,1031)"});
        out.setAt("(0400,0561)[0].(0400,0550)[0].(0010,0010)", person.familyRomaji + "^TEST");
        out.setAt("(0400,0561)[0].(0400,0550)[0].(0010,0020)", "9" + person.id);
        out.setAt("(0400,0561)[0].(0400,0562)", "20260307110000");
        out.setAt("(0400,0561)[0].(0400,0563)", "KAWABE PACS");
        out.setAt("(0400,0561)[0].(0400,0564)", "");
        out.setAt("(0400,0561)[0].(0400,0565)", "CORRECT");
        here.push_back(
            {person.id, "patient-id", "9" + person.id, folder, "(0400,0561)[0].(0400,0550)[0].(0010,0020)"});
        addOverlay(out, person);
        here.push_back({person.id, "burned-in", person.romaji(), folder, "(6000,3000)"});
        out.setPixels16(knee(slice, weight));
        std::array<char, 16> name{};
        std::snprintf(name.data(), name.size(), "MR%04d", i + 1);
        if (auto saved = out.save(cohort / folder / name.data()); !saved) {
            return tl::unexpected(saved.error());
        }
        if (i == 0) {
            planted = std::move(here);
        }
    }
    return planted;
}

base::Expected<std::vector<Planted>> writeStructuredReport(const Person& person, const fs::path& cohort,
                                                           const std::string& file) {
    constexpr int kHeadCt = 1;   ///< study of writeHeadCt
    constexpr int kKeyImage = 4; ///< instance of it
    std::vector<Planted> planted;
    DicomWriter out(Charset::Utf8);
    describe(out, person, "A260305-0117", file, planted);
    describeSeries(out, person, kHeadCt, 1, "1.2.840.10008.5.1.4.1.1.88.11", nullptr, file);
    const std::string series = uid(person, kHeadCt, 2);
    out.set("0020,000e", series);
    out.set("0008,0018", series + ".1");
    out.set("0008,0060", "SR");
    out.set("0008,0070", "NORTHWIND");
    out.setAt("(0008,1111)", "");
    out.setAt("(0040,A372)", "");
    out.set("0008,0023", "20260306");
    out.set("0008,0033", "091500");
    out.set("0008,1030", "頭部CT 単純");
    out.set("0040,a491", "COMPLETE");
    out.set("0040,a493", "UNVERIFIED");
    out.set("0040,a040", "CONTAINER");
    out.set("0040,a050", "SEPARATE");
    out.setAt("(0040,A043)[0].(0008,0100)", "18748-4");
    out.setAt("(0040,A043)[0].(0008,0102)", "LN");
    out.setAt("(0040,A043)[0].(0008,0104)", "Diagnostic imaging report");

    const std::string observer = addItem(out, 0, "HAS OBS CONTEXT", "PNAME", {"121008", "DCM", "Observer"});
    out.setAt(observer + "(0040,A123)", hospital().physicianRomaji + "=佐久間^亮");
    planted.push_back({"", "clinician", "佐久間^亮", file, observer + "(0040,A123)"});
    const std::string finding = addItem(out, 1, "CONTAINS", "TEXT", {"121071", "DCM", "Finding"});
    const std::string text = "頭部CT 造影なし 患者:" + person.familyKanji + person.givenKanji +
                             "。両側大脳に明らかな低吸収域を認めない。";
    out.setAt(finding + "(0040,A160)", text);
    planted.push_back(
        {person.id, "patient-name", person.familyKanji + person.givenKanji, file, finding + "(0040,A160)"});
    const std::string advice = addItem(out, 2, "CONTAINS", "TEXT", {"121075", "DCM", "Recommendation"});
    out.setAt(advice + "(0040,A160)", "長男 " + person.relative + "さんへ電話済 " + person.phone);
    planted.push_back({person.id, "family", person.relative, file, advice + "(0040,A160)"});
    planted.push_back({person.id, "phone", person.phone, file, advice + "(0040,A160)"});
    const std::string image = addItem(out, 3, "CONTAINS", "IMAGE", {"121180", "DCM", "Key Images"});
    out.setAt(image + "(0008,1199)[0].(0008,1150)", "1.2.840.10008.5.1.4.1.1.2");
    out.setAt(image + "(0008,1199)[0].(0008,1155)", uid(person, kHeadCt, 1, kKeyImage));
    const std::string evidence = "(0040,A375)[0].";
    out.setAt(evidence + "(0020,000D)", uid(person, kHeadCt));
    out.setAt(evidence + "(0008,1115)[0].(0020,000E)", uid(person, kHeadCt, 1));
    out.setAt(evidence + "(0008,1115)[0].(0008,1199)[0].(0008,1150)", "1.2.840.10008.5.1.4.1.1.2");
    out.setAt(evidence + "(0008,1115)[0].(0008,1199)[0].(0008,1155)", uid(person, kHeadCt, 1, kKeyImage));
    planted.push_back({person.id, "uid", uid(person, kHeadCt, 1, kKeyImage), file, image + "(0008,1199)"});
    if (auto saved = out.save(cohort / file); !saved) {
        return tl::unexpected(saved.error());
    }
    return planted;
}

} // namespace kamei::demo

#include "core/demo/DicomFiles.h"

#include <array>
#include <cstdio>

#include "core/demo/DicomDescription.h"
#include "core/demo/HeadPhantom.h"
#include "core/demo/Pictures.h"

namespace kamei::demo {
namespace fs = std::filesystem;

base::Expected<std::vector<Planted>> writeHeadCt(const Person& person, const fs::path& cohort,
                                                 const std::string& folder, std::stop_token stop,
                                                 base::ProgressSink& progress) {
    constexpr std::int32_t kSize = 256;
    constexpr std::int32_t kSlices = 92;
    const HeadVolume head = computeHead(kSize, kSlices);
    std::error_code error;
    fs::create_directories(cohort / folder, error);
    std::vector<Planted> planted;
    const std::size_t sliceSize = static_cast<std::size_t>(kSize) * kSize;
    for (std::int32_t k = 0; k < kSlices; ++k) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "demo.ct");
        }
        std::vector<Planted> everySlice;
        DicomWriter out(Charset::Jis);
        describe(out, person, "A260305-0117", folder, everySlice);
        describeSeries(out, person, 1, k + 1, "1.2.840.10008.5.1.4.1.1.2", &everySlice, folder);
        out.set("0008,0060", "CT");
        out.set("0008,0008", "ORIGINAL\\PRIMARY\\AXIAL");
        out.set("0008,0070", "NORTHWIND");
        out.set("0008,1090", "NW-CT 2");
        out.set("0008,1010", "CT2-ROOM3");
        out.set("0018,1020", "2.1");
        out.set("0018,1000", "NW-99012");
        everySlice.push_back({"", "device", "NW-99012", folder, "(0018,1000)"});
        out.set("0008,1030", "頭部CT 単純");
        out.set("0008,103e", "頭部 2.5mm 患者:" + person.familyKanji + person.givenKanji);
        everySlice.push_back(
            {person.id, "patient-name", person.familyKanji + person.givenKanji, folder, "(0008,103E)"});
        out.set("0020,0012", "1");
        out.set("0018,0015", "HEAD");
        out.set("0018,0050", decimal(head.sliceMm));
        out.set("0018,0060", "120");
        out.set("0018,5100", "HFS");
        out.set("0020,0052", uid(person, 1) + ".99");
        out.set("0020,1040", "");
        const double origin = -head.spacingMm * (kSize - 1) / 2;
        out.set("0020,0032", decimal(origin) + "\\" + decimal(origin) + "\\" + decimal(k * head.sliceMm));
        out.set("0020,0037", "1\\0\\0\\0\\1\\0");
        out.set("0028,0030", decimal(head.spacingMm) + "\\" + decimal(head.spacingMm));
        describePixels(out, kSize, kSize, 16, true);
        out.set("0028,1050", "40");
        out.set("0028,1051", "400");
        out.set("0028,1052", "0");
        out.set("0028,1053", "1");
        out.setPrivate(0x0019, "NORTHWIND CT 2.1", 0x03, "DS", "0.62");
        out.setPrivate(0x0019, "NORTHWIND CT 2.1", 0x11, "LO", "r.togawa");
        everySlice.push_back({"", "clinician", "r.togawa", folder, "(0019,1011)"});
        out.setPrivate(0x0019, "NORTHWIND CT 2.1", 0xA0, "UN",
                       std::string("KANJI") + std::string(59, '\0') + person.romaji());
        everySlice.push_back({person.id, "patient-name", person.romaji(), folder, "(0019,10A0)"});
        out.setPixels16(std::span(head.values).subspan(static_cast<std::size_t>(k) * sliceSize, sliceSize));
        std::array<char, 16> name{};
        std::snprintf(name.data(), name.size(), "IM%04d", k + 1);
        if (auto saved = out.save(cohort / folder / name.data()); !saved) {
            return tl::unexpected(saved.error());
        }
        if (k == 0) {
            planted = std::move(everySlice);
        }
        progress.progress(static_cast<std::uint64_t>(k + 1), kSlices);
    }
    return planted;
}

base::Expected<std::vector<Planted>> writeUltrasound(const Person& person, const fs::path& cohort,
                                                     const std::string& file) {
    constexpr int kFrames = 12;
    std::vector<Planted> planted;
    DicomWriter out(Charset::Utf8);
    describe(out, person, "A260310-0042", file, planted);
    describeSeries(out, person, 2, 1, "1.2.840.10008.5.1.4.1.1.3.1", &planted, file);
    out.set("0008,0060", "US");
    out.set("0008,0008", "ORIGINAL\\PRIMARY\\");
    out.set("0008,0070", "NORTHWIND");
    out.set("0008,1090", "U9");
    out.set("0018,1020", "9.4");
    out.set("0008,1030", "心エコー");
    out.set("0008,103e", "心エコー 動画");
    out.set("0028,0008", std::to_string(kFrames));
    out.set("0018,1063", "33.3");
    out.set("0028,0009", "(0018,1063)");
    out.set("0028,0301", "YES");
    std::vector<std::uint8_t> pixels;
    for (int frame = 0; frame < kFrames; ++frame) {
        const Canvas picture = ultrasoundFrame(person, frame, kFrames);
        pixels.insert(pixels.end(), picture.pixels.begin(), picture.pixels.end());
    }
    describePixels(out, 480, 640, 8, false);
    out.setPixels8(pixels);
    for (const std::string& line : ultrasoundText(person)) {
        planted.push_back({person.id, "burned-in", line, file, "pixels"});
    }
    if (auto saved = out.save(cohort / file); !saved) {
        return tl::unexpected(saved.error());
    }
    return planted;
}

base::Expected<std::vector<Planted>> writeChestXRay(const Person& person, const fs::path& cohort,
                                                    const std::string& file) {
    std::vector<Planted> planted;
    DicomWriter out(Charset::Jis);
    describe(out, person, "A260312-0009", file, planted);
    describeSeries(out, person, 3, 1, "1.2.840.10008.5.1.4.1.1.1", &planted, file);
    out.set("0008,0060", "CR");
    out.set("0008,0070", "NORTHWIND");
    out.set("0008,1090", "NW-CR 5");
    out.set("0008,1030", "胸部X線");
    out.set("0008,103e", "胸部 正面");
    out.set("0018,0015", "CHEST");
    out.set("0018,5101", "PA");
    out.set("0020,0060", "");
    out.set("0028,0301", "YES");
    const Canvas picture = chestXRay(person);
    describePixels(out, static_cast<std::uint16_t>(picture.height), static_cast<std::uint16_t>(picture.width),
                   8, false);
    out.setPixels8(picture.pixels);
    planted.push_back({person.id, "burned-in", person.romaji(), file, "pixels"});
    planted.push_back({person.id, "burned-in", person.id, file, "pixels"});
    if (auto saved = out.save(cohort / file); !saved) {
        return tl::unexpected(saved.error());
    }
    return planted;
}

} // namespace kamei::demo

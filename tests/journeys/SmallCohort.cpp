#include "SmallCohort.h"

#include "CliRunner.h"
#include "core/demo/DicomWriter.h"
#include "core/intake/encoding/Encoding.h"

#include <QtTest>
#include <vector>

namespace journeys {
namespace {

namespace encoding = kamei::intake::encoding;

// One fictional person. Exchanges begin with 0, the insurer and the lot do not exist.
constexpr const char* kKanji = "榎本 周平";
constexpr const char* kPatientId = "K0047731";
constexpr const char* kPhone = "03-0912-4455";
constexpr const char* kMail = "enomoto.shuhei@example.jp";

QByteArray encoded(const char* utf8, encoding::Encoding as) {
    const auto bytes = encoding::encode(utf8, as);
    return bytes ? QByteArray::fromStdString(*bytes) : QByteArray();
}

constexpr const char* kSummary = "退院時要約\r\n"
                                 "患者ID：K0047731\r\n"
                                 "氏名：榎本 周平　様\r\n"
                                 "フリガナ：エノモト シュウヘイ\r\n"
                                 "生年月日：1961年7月23日\r\n"
                                 "住所：東京都千代田区霞が関0丁目99番99号\r\n"
                                 "電話番号：03-0912-4455\r\n"
                                 "主訴：咳嗽。既往に橋本病。榎本氏は来週再診の予定。\r\n";

constexpr const char* kNote = "2024-03-11 外来記録\n"
                              "榎本 周平さん(K0047731)。連絡先 enomoto.shuhei@example.jp 。\n"
                              "胸部CTを施行した。肺野に異常を認めない。\n";

constexpr const char* kTable = "患者ID,氏名,検査日,項目,結果\n"
                               "K0047731,榎本 周平,2024-03-11,CRP,0.12\n"
                               "K0047731,榎本 周平,2024-03-12,WBC,5400\n";

constexpr const char* kReport =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <recordTarget><patientRole>
    <id root="1.2.392.100495.20.3.51.0" extension="K0047731"/>
    <addr><streetAddressLine>東京都千代田区霞が関0丁目99番99号</streetAddressLine></addr>
    <telecom value="tel:03-0912-4455"/>
    <patient>
      <name><family>榎本</family><given>周平</given></name>
      <administrativeGenderCode code="M"/>
      <birthTime value="19610723"/>
    </patient>
  </patientRole></recordTarget>
  <component><structuredBody><component><section>
    <title>所見</title><text>榎本 周平様。胸部に異常を認めない。</text>
  </section></component></structuredBody></component>
</ClinicalDocument>
)";

void writeSlice(const QString& path) {
    using kamei::demo::DicomWriter;
    DicomWriter out(kamei::demo::Charset::Jis);
    out.set("0008,0016", "1.2.840.10008.5.1.4.1.1.2");
    out.set("0008,0018", "1.2.826.0.1.3680043.8.498.61723001");
    out.set("0020,000d", "1.2.826.0.1.3680043.8.498.61723002");
    out.set("0020,000e", "1.2.826.0.1.3680043.8.498.61723003");
    out.set("0008,0060", "CT");
    out.set("0008,0020", "20240311");
    out.set("0008,0050", "A61723004");
    out.set("0010,0020", kPatientId);
    out.set("0010,0030", "19610723");
    out.set("0010,0040", "M");
    out.setName("0010,0010", "ENOMOTO^SHUHEI", "榎本^周平", "えのもと^しゅうへい");
    out.set("0020,0013", "1");
    constexpr int kSide = 32;
    out.setNumber("0028,0002", 1);
    out.set("0028,0004", "MONOCHROME2");
    out.setNumber("0028,0010", kSide);
    out.setNumber("0028,0011", kSide);
    out.setNumber("0028,0100", 16);
    out.setNumber("0028,0101", 16);
    out.setNumber("0028,0102", 15);
    out.setNumber("0028,0103", 1);
    std::vector<std::int16_t> pixels(kSide * kSide);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = static_cast<std::int16_t>(i % 97);
    }
    out.setPixels16(pixels);
    QVERIFY(out.save(path.toStdString()).has_value());
}

} // namespace

QStringList plantedIdentifiers() {
    return {QString::fromUtf8(kKanji),
            "榎本^周平",
            "ENOMOTO^SHUHEI",
            "エノモト シュウヘイ",
            kPatientId,
            kPhone,
            kMail,
            "19610723",
            "1961年7月23日",
            "1.2.826.0.1.3680043.8.498.61723003",
            "霞が関0丁目99番99号"};
}

QList<QByteArray> byteForms(const QString& text) {
    QList<QByteArray> out;
    using enum encoding::Encoding;
    for (const auto one : {Utf8, Utf16Le, Utf16Be, Cp932, EucJp, Iso2022Jp}) {
        if (const auto bytes = encoding::encode(text.toStdString(), one)) {
            out.append(QByteArray::fromStdString(*bytes));
        }
    }
    return out;
}

void writeSmallCohort(const QString& folder) {
    writeFile(folder + "/summary.txt", encoded(kSummary, encoding::Encoding::Cp932));
    writeFile(folder + "/note.txt", kNote);
    writeFile(folder + "/labs.csv", kTable);
    writeFile(folder + "/report.xml", kReport);
    writeSlice(folder + "/IM0001");
}

} // namespace journeys

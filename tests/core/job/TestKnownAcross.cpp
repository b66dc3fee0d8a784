// What one kind of data states of a person is found in all others, in other spellings and encodings, before
// staging as candidates and after it by the residual search (Guideline 5.6): every pair of a kind that states
// who it is about and a kind that names the person by the way.

#include <QTemporaryDir>
#include <QTest>
#include <array>

#include "core/base/FileIo.h"
#include "core/decide/Policies.h"
#include "core/demo/DicomFiles.h"
#include "core/demo/Documents.h"
#include "core/demo/Messages.h"
#include "core/demo/Painter.h"
#include "core/demo/Records.h"
#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"
#include "core/intake/encoding/Encoding.h"
#include "core/job/Job.h"
#include "core/job/SessionInternals.h"
#include "tests/core/intake/image/Pictures.h"
#include "tests/core/intake/pdf/PdfMaker.h"

using namespace kamei;
namespace fs = std::filesystem;
using demo::Person;
using intake::encoding::Encoding;

namespace {

using Teach = base::Expected<std::vector<demo::Planted>> (*)(const Person&, const fs::path&,
                                                             const std::string&);
struct Teacher {
    const char* name;
    Teach write;
    const char* file;
};
constexpr std::array<Teacher, 5> kTeachers{{{"DICOM header", demo::writeChestXRay, "CR1"},
                                            {"CDA", demo::writeCdaReport, "report.xml"},
                                            {"FHIR", demo::writeFhirBundle, "bundle.json"},
                                            {"HL7 v2", demo::writeLaboratoryMessage, "OML-11_0077"},
                                            {"EDF+ header", demo::writeEeg, "eeg.edf"}}};

/// Names that stand in no dictionary: only who knows them finds them.
Person personOf(std::size_t teacher) {
    static constexpr std::array<std::array<const char*, 3>, 5> kFamilies{{{"鵜鷺", "ウロ", "URO"},
                                                                          {"蔦亀", "ツタガメ", "TSUTAGAME"},
                                                                          {"霞鮎", "カスアユ", "KASUAYU"},
                                                                          {"柊貝", "ヒラガイ", "HIRAGAI"},
                                                                          {"杜雁", "モリガン", "MORIGAN"}}};
    Person out = demo::people().front();
    out.id = "73" + std::to_string(100'431 + 7'919 * static_cast<int>(teacher));
    out.familyKanji = kFamilies[teacher][0];
    out.familyKana = kFamilies[teacher][1];
    out.familyRomaji = kFamilies[teacher][2];
    out.givenKanji = "蛍灯";
    out.givenKana = "ホタビ";
    out.givenRomaji = "HOTABI";
    return out;
}

std::string fullWidth(const std::string& ascii) {
    namespace japanese = detect::japanese;
    return japanese::toUtf8(japanese::toFullWidth(japanese::toCodePoints(ascii)));
}

/// The person in a spelling that no header has: names in any order and width, numbers in full width. Kanji
/// only where the teacher can know them.
std::string sentence(const Person& p, bool latinOnly) {
    std::string out = "カンファレンス記録。対象は " + p.givenRomaji + " " + p.familyRomaji + "、番号" +
                      fullWidth(p.id) + "。";
    if (!latinOnly) {
        out += "（" + p.familyKanji + p.givenKanji + "、" + p.familyKana + "　" + p.givenKana + "）";
    }
    return out;
}

std::vector<std::string> secrets(const Person& p, bool latinOnly) {
    std::vector<std::string> out{p.givenRomaji + " " + p.familyRomaji, fullWidth(p.id), p.id};
    if (!latinOnly) {
        out.insert(out.end(), {p.familyKanji + p.givenKanji, p.familyKana + "　" + p.givenKana});
    }
    return out;
}

struct Target {
    const char* name;
    const char* file;
    Encoding encoding;
    std::string (*wrap)(const std::string& text);
};
std::string jsonOf(const std::string& text) {
    return R"({"resourceType":"Observation","status":"final","code":{"text":"memo"},"note":[{"text":")" +
           text + "\"}]}";
}
const std::array<Target, 7> kTargets{{
    {"text, UTF-8", "memo.txt", Encoding::Utf8, [](const std::string& t) { return t + "\n以上\n"; }},
    {"text, CP932", "memo-sjis.txt", Encoding::Cp932,
     [](const std::string& t) { return t + "\r\n以上\r\n"; }},
    {"text, EUC-JP", "memo-euc.txt", Encoding::EucJp,
     [](const std::string& t) { return t + "\n以上の記録です。\n"; }},
    {"table with a free-text column", "memo.csv", Encoding::Utf8,
     [](const std::string& t) {
         return "項目,値,所見\nAST,24,著変なし\nCRP,0.7," + t + "\nALT,31,経過観察とした\n";
     }},
    {"XML", "memo.xml", Encoding::Utf8,
     [](const std::string& t) {
         return R"(<?xml version="1.0" encoding="UTF-8"?><memo><text>)" + t + "</text></memo>\n";
     }},
    {"FHIR note", "memo.json", Encoding::Utf8, jsonOf},
    {"VCF header", "calls.vcf", Encoding::Utf8,
     [](const std::string& t) {
         return "##fileformat=VCFv4.2\n##note=" + t +
                "\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t100\t.\tA\tG\t50\tPASS\t.\n";
     }},
}};

/// In Latin letters and digits: what any teacher knows and any of these kinds can hold.
std::string latinSentence(const Person& p) {
    return p.givenRomaji + " " + p.familyRomaji + ", No. " + p.id;
}

/// Grey pixels as an uncompressed BMP: a picture that says nothing but what is drawn into it.
std::string bmpOf(const demo::Canvas& canvas) {
    constexpr std::uint32_t kHead = 54 + 256 * 4;
    const auto width = static_cast<std::size_t>(canvas.width); // a multiple of four: rows need no padding
    std::string out = "BM";
    const auto number = [&out](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            out += static_cast<char>(value >> (8 * i) & 0xFFU);
        }
    };
    number(kHead + static_cast<std::uint32_t>(canvas.pixels.size()), 4);
    number(0, 4);
    number(kHead, 4);
    number(40, 4);
    number(static_cast<std::uint32_t>(canvas.width), 4);
    number(static_cast<std::uint32_t>(canvas.height), 4);
    number(1, 2);
    number(8, 2);
    for (const std::uint32_t value : {0U, 0U, 2835U, 2835U, 256U, 0U}) {
        number(value, 4);
    }
    for (std::uint32_t grey = 0; grey < 256; ++grey) {
        number(grey * 0x010101U, 4);
    }
    for (std::size_t y = static_cast<std::size_t>(canvas.height); y-- > 0;) {
        out.append(reinterpret_cast<const char*>(canvas.pixels.data()) + y * width, width);
    }
    return out;
}

/// Kinds that are not text: the person is named beside the picture, on a page, in the pixels.
struct Opaque {
    const char* name;
    const char* file;
    std::string (*make)(const Person& p);
};
const std::array<Opaque, 3> kOpaque{{
    {"comment of a picture", "memo.jpg",
     [](const Person& p) {
         return test::makeJpeg(64, 48, {.markers = {{JPEG_COM, latinSentence(p)}}});
     }},
    {"page of a PDF", "memo.pdf",
     [](const Person& p) {
         return test::makePdf({.content = "BT /F 18 Tf 60 700 Td (" + latinSentence(p) + ") Tj ET"});
     }},
    {"drawn into a picture", "memo.bmp",
     [](const Person& p) {
         demo::Canvas canvas(640, 160);
         demo::drawText(canvas, 24, 40, 32, latinSentence(p));
         return bmpOf(canvas);
     }},
}};

/// A workspace with everything of all five, imported, examined, decided as suggested and staged; once for all
/// rows.
struct Cohort {
    QTemporaryDir parent;
    std::shared_ptr<job::Session> session;
    std::map<std::string, base::AssetId> assets; ///< by path

    Cohort() {
        const fs::path root = parent.path().toStdString();
        for (std::size_t i = 0; i < kTeachers.size(); ++i) {
            const Person person = personOf(i);
            const fs::path folder = root / "in" / person.id;
            fs::create_directories(folder);
            if (!kTeachers[i].write(person, folder, kTeachers[i].file)) {
                return;
            }
            for (const Target& target : kTargets) {
                const auto bytes =
                    intake::encoding::encode(target.wrap(sentence(person, latinOnly(i))), target.encoding);
                static_cast<void>(
                    base::writeFileAtomically(folder / target.file, bytes ? *bytes : std::string()));
            }
            for (const Opaque& target : kOpaque) {
                static_cast<void>(base::writeFileAtomically(folder / target.file, target.make(person)));
            }
        }
        auto made = job::Session::create(root / "ws", {"t", "p", *decide::policyFromText("guideline-2024")});
        if (!made) {
            return;
        }
        session = *made;
        base::NoProgress quiet;
        static_cast<void>(job::importJob(session, {{root / "in"}, 0, "me"})->run({}, quiet));
        static_cast<void>(job::detectJob(session, {})->run({}, quiet));
        decide::Decide all;
        const auto findings = *session->findings({});
        for (const model::Finding& finding : findings) {
            if (finding.requirement != model::Requirement::Conditional) {
                all.findings.push_back(finding.id);
            }
        }
        static_cast<void>(session->apply(all, "me"));
        static_cast<void>(job::stageJob(session, {})->run({}, quiet));
        const auto rows = *session->assets({});
        for (const job::AssetRow& row : rows) {
            const auto sources = *session->sources(row.asset.id);
            for (const model::Source& source : sources) {
                assets[source.path.string()] = row.asset.id;
            }
        }
    }
    /// EDF+ holds the name in Latin letters only (EDF+ 2.1.3.3 is ASCII).
    static bool latinOnly(std::size_t teacher) {
        return std::string(kTeachers[teacher].name) == "EDF+ header";
    }
    [[nodiscard]] std::string path(std::size_t teacher, const char* file) const {
        return (fs::path(parent.path().toStdString()) / "in" / personOf(teacher).id / file).string();
    }
};

} // namespace

class TestKnownAcross : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_cohort = std::make_unique<Cohort>();
        QVERIFY(m_cohort->session != nullptr);
        QCOMPARE(m_cohort->session->overview()->subjects, static_cast<std::int64_t>(kTeachers.size()));
    }

    void everyPair_data() {
        QTest::addColumn<int>("teacher");
        QTest::addColumn<int>("target");
        for (std::size_t i = 0; i < kTeachers.size(); ++i) {
            for (std::size_t j = 0; j < kTargets.size(); ++j) {
                QTest::addRow("%s -> %s", kTeachers[i].name, kTargets[j].name)
                    << static_cast<int>(i) << static_cast<int>(j);
            }
        }
    }
    void everyPair() {
        QFETCH(int, teacher);
        QFETCH(int, target);
        const auto& kind = kTargets[static_cast<std::size_t>(target)];
        const auto from = static_cast<std::size_t>(teacher);
        const auto asset = m_cohort->assets.find(m_cohort->path(from, kind.file));
        QVERIFY(asset != m_cohort->assets.end());
        job::Session& session = *m_cohort->session;
        // Before staging: a candidate for each of them.
        const auto row = **session.asset(asset->second);
        QVERIFY(row.asset.subject.valid());
        job::FindingQuery query;
        query.asset = asset->second;
        std::string found;
        const auto findings = *session.findings(query);
        for (const model::Finding& finding : findings) {
            found += finding.text + '\n' + finding.detail + '\n';
        }
        // After staging: nothing of the person is left in the bytes, and the residual search agrees.
        const auto staged = *session.staged(asset->second);
        QCOMPARE(staged.size(), std::size_t{1});
        QVERIFY(staged.front().residuals.empty());
        const auto bytes = base::readFile(session.folder() / staged.front().path, 1U << 20);
        QVERIFY(bytes.has_value());
        const auto text = intake::encoding::decode(*bytes, kind.encoding);
        QVERIFY(text.has_value());
        for (const std::string& secret : secrets(personOf(from), Cohort::latinOnly(from))) {
            QVERIFY2(text->find(secret) == std::string::npos, "left after staging");
        }
        const std::string family = personOf(from).familyRomaji;
        QVERIFY2(text->find(family) == std::string::npos, "family name left after staging");
        QVERIFY(!found.empty());
    }

    void everyPairWithOpaqueKinds_data() {
        QTest::addColumn<int>("teacher");
        QTest::addColumn<int>("target");
        for (std::size_t i = 0; i < kTeachers.size(); ++i) {
            for (std::size_t j = 0; j < kOpaque.size(); ++j) {
                QTest::addRow("%s -> %s", kTeachers[i].name, kOpaque[j].name)
                    << static_cast<int>(i) << static_cast<int>(j);
            }
        }
    }
    void everyPairWithOpaqueKinds() {
        QFETCH(int, teacher);
        QFETCH(int, target);
        const Opaque& kind = kOpaque[static_cast<std::size_t>(target)];
        const Person person = personOf(static_cast<std::size_t>(teacher));
        const auto asset =
            m_cohort->assets.find(m_cohort->path(static_cast<std::size_t>(teacher), kind.file));
        QVERIFY(asset != m_cohort->assets.end());
        job::Session& session = *m_cohort->session;
        job::FindingQuery query;
        query.asset = asset->second;
        const auto findings = *session.findings(query);
        // What is read letter by letter may be misread: its label says that it was known for this person.
        const bool isKnown = std::ranges::any_of(findings, [&](const model::Finding& finding) {
            return finding.text.find(person.id) != std::string::npos ||
                   (finding.locator.kind == model::Locator::Kind::Pixels &&
                    (finding.label == "patient-name" || finding.label == "patient-id"));
        });
        QVERIFY(isKnown);
        const auto staged = *session.staged(asset->second);
        QCOMPARE(staged.size(), std::size_t{1});
        QVERIFY(staged.front().residuals.empty());
        const auto bytes = base::readFile(session.folder() / staged.front().path, 8U << 20);
        QVERIFY(bytes.has_value());
        for (const std::string& secret : {person.id, person.familyRomaji}) {
            QVERIFY2(bytes->find(secret) == std::string::npos, "left after staging");
        }
        if (std::string_view(kind.file).ends_with(".bmp")) {
            QVERIFY2(std::ranges::none_of(bytes->substr(54 + 1024), [](char c) { return c != 0; }),
                     "letters are left in the pixels");
        }
    }

private:
    std::unique_ptr<Cohort> m_cohort;
};

QTEST_GUILESS_MAIN(TestKnownAcross)
#include "TestKnownAcross.moc"

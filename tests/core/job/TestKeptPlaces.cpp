// What a person leaves in with a reason stays where it was left: as many places as were decided on, in that
// asset, and no more. Everything else that is known of the person is found by the residual search.

#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <map>

#include "core/base/FileIo.h"
#include "core/decide/Policies.h"
#include "core/decide/Rules.h"
#include "core/demo/DicomWriter.h"
#include "core/job/Job.h"
#include "core/job/KeptPlaces.h"
#include "core/job/ReleaseFileSet.h"
#include "core/job/SessionInternals.h"

using namespace kamei;
namespace fs = std::filesystem;
using model::Action;
using model::DecisionState;
using model::Finding;
using Kind = model::Locator::Kind;

namespace {

constexpr const char* kName = "榎本 周平"; // nobody's

void writeSlice(const fs::path& path, int number, const std::string& station) {
    demo::DicomWriter out(demo::Charset::Jis);
    out.set("0008,0016", "1.2.840.10008.5.1.4.1.1.2");
    out.set("0008,0018", "1.2.826.0.1.3680043.8.498.617230010" + std::to_string(number));
    out.set("0020,000d", "1.2.826.0.1.3680043.8.498.61723002");
    out.set("0020,000e", "1.2.826.0.1.3680043.8.498.61723003");
    out.set("0008,0060", "CT");
    out.set("0008,0020", "20240311");
    out.set("0008,1010", station);
    out.set("0010,0020", "K0047731");
    out.set("0010,0030", "19610723");
    out.setName("0010,0010", "ENOMOTO^SHUHEI", "榎本^周平", "えのもと^しゅうへい");
    out.set("0020,0013", std::to_string(number));
    out.setNumber("0028,0002", 1);
    out.set("0028,0004", "MONOCHROME2");
    out.setNumber("0028,0010", 8);
    out.setNumber("0028,0011", 8);
    out.setNumber("0028,0100", 16);
    out.setNumber("0028,0101", 16);
    out.setNumber("0028,0102", 15);
    out.setNumber("0028,0103", 1);
    const std::vector<std::int16_t> pixels(64, 7);
    out.setPixels16(pixels);
    QVERIFY(out.save(path).has_value());
}

using Documents = std::map<std::string, std::string>; ///< by name of the file

/// A workspace with a series of three instances and documents of the person in it, examined.
struct Bed {
    QTemporaryDir parent;
    std::shared_ptr<job::Session> session;
    base::NoProgress quiet;

    explicit Bed(const Documents& documents, const std::string& station = "CT01",
                 const char* policy = "guideline-2024") {
        const fs::path root = parent.path().toStdString();
        const fs::path folder = root / "in" / "K0047731";
        fs::create_directories(folder);
        for (int i = 1; i <= 3; ++i) {
            writeSlice(folder / ("IM000" + std::to_string(i)), i, station);
        }
        for (const auto& [name, content] : documents) {
            QVERIFY(base::writeFileAtomically(folder / name, content).has_value());
        }
        session = *job::Session::create(root / "ws", {"t", "p", *decide::policyFromText(policy)});
        QVERIFY(job::importJob(session, {{root / "in"}, 0, "me"})->run({}, quiet).has_value());
        QVERIFY(job::detectJob(session, {})->run({}, quiet).has_value());
    }

    [[nodiscard]] base::AssetId asset(const std::string& file) const {
        const auto rows = *session->assets({});
        for (const job::AssetRow& row : rows) {
            const auto sources = *session->sources(row.asset.id);
            for (const model::Source& source : sources) {
                if (source.path.filename() == file) {
                    return row.asset.id;
                }
            }
        }
        return {};
    }
    [[nodiscard]] std::vector<Finding> findings(const std::string& file) const {
        job::FindingQuery query;
        query.asset = asset(file);
        return *session->findings(query);
    }
    /// Findings whose text is the person's name.
    [[nodiscard]] std::vector<Finding> names(const std::string& file) const {
        auto out = findings(file);
        std::erase_if(out, [](const Finding& one) { return one.text != kName; });
        return out;
    }
    void leave(base::FindingId finding, const std::string& reason,
               DecisionState state = DecisionState::Rejected) const {
        QVERIFY(session->apply(decide::Decide{{finding}, state, Action::Keep, reason}, "me").has_value());
    }
    /// As if no detector had seen what is taken out by `seen`.
    void rewrite(const std::string& file, const std::function<bool(Finding&)>& seen) const {
        auto all = findings(file);
        std::erase_if(all, [&](Finding& one) { return !seen(one); });
        auto writing = *session->internals().write();
        QVERIFY(writing->findings.replaceDetected(asset(file), all).has_value());
        QVERIFY(writing.commit().has_value());
    }
    void acceptRestAndStage() {
        decide::Decide edit;
        decide::Decide faces; // no value of theirs is searched for
        faces.reason = "the study is about the face";
        job::FindingQuery open;
        open.openOnly = true;
        const auto rest = *session->findings(open);
        for (const Finding& finding : rest) {
            (decide::isFaceSurface(finding) ? faces : edit).findings.push_back(finding.id);
        }
        QVERIFY(edit.findings.empty() || session->apply(edit, "me").has_value());
        QVERIFY(faces.findings.empty() || session->apply(faces, "me").has_value());
        QVERIFY(job::stageJob(session, {})->run({}, quiet).has_value());
    }
    /// Residuals in each staged file of an asset.
    [[nodiscard]] std::vector<std::size_t> residuals(const std::string& file) const {
        std::vector<std::size_t> out;
        const auto files = *session->staged(asset(file));
        for (const model::StagedFile& one : files) {
            out.push_back(one.residuals.size());
        }
        return out;
    }
};

const std::string kThreeTimes = "紹介状\n氏名：榎本 周平\n主訴は咳嗽。榎本 周平様は読書を好み、\n"
                                "「榎本 周平 画集」を持参した。\n";

Finding at(Kind kind, const std::string& text, std::int64_t start, std::int64_t end,
           DecisionState state = DecisionState::Rejected, const std::string& reason = "the title of a book") {
    Finding out;
    out.locator.kind = kind;
    out.locator.start = start;
    out.locator.end = end;
    out.text = text;
    out.state = state;
    out.suggested = Action::Delete;
    out.action = state == DecisionState::Accepted ? Action::Delete : Action::Keep;
    out.reason = state == DecisionState::Accepted ? std::string() : reason;
    return out;
}

Finding attribute(const std::string& path, const std::string& text,
                  DecisionState state = DecisionState::Rejected) {
    Finding out = at(Kind::Attribute, text, 0, 0, state);
    out.locator.path = path;
    return out;
}

Finding inCell(std::int64_t row, std::int32_t column, const std::string& text, std::int64_t start,
               DecisionState state = DecisionState::Rejected) {
    Finding out = at(Kind::Cell, text, start, start + 4, state);
    out.locator.row = row;
    out.locator.column = column;
    return out;
}

using Texts = std::map<std::string, std::uint64_t>;
Texts textsOf(const std::vector<stage::ResidualSearch::Kept>& kept) {
    Texts out;
    for (const auto& one : kept) {
        out[one.text] += one.places;
    }
    return out;
}

} // namespace

class TestKeptPlaces : public QObject {
    Q_OBJECT

private slots:
    /// 4.8.3: the city of a message is generalised to itself. It is not searched for, the rest of the address
    /// is.
    void aCityThatStaysIsNotSearchedFor() {
        const Documents documents{
            {"adt.hl7",
             "MSH|^~\\&|HIS||||20260302||ADT^A08|1|P|2.5||||||UNICODE UTF-8\r"
             "PID|1||K0047731||榎本^周平^^^^^L^I||19610723|M|||^^平塚市^神奈川県^^JPN^H^明石町99-9\r"},
            {"note.txt", "患者番号 K0047731\n平塚市の方。平塚市明石町99番9号に転居。\n"}};
        Bed bed(documents);
        bed.acceptRestAndStage();
        QCOMPARE(bed.residuals("adt.hl7"), std::vector<std::size_t>{0});
        QCOMPARE(bed.residuals("note.txt"), std::vector<std::size_t>{0});
        const auto files = *bed.session->staged(bed.asset("note.txt"));
        const auto text =
            base::readFile(fs::path(bed.parent.path().toStdString()) / "ws" / files.at(0).path, 1U << 20U);
        QVERIFY(text.has_value());
        QVERIFY(text->find("平塚市の方") != std::string::npos);
        QVERIFY(text->find("明石町") == std::string::npos);
    }

    void placesAreCounted_data() {
        QTest::addColumn<QList<int>>("use");
        QTest::addColumn<int>("sources");
        QTest::addColumn<int>("places");
        // Numbers of the findings in placesAreCounted().
        QTest::newRow("one place") << QList<int>{0} << 1 << 1;
        QTest::newRow("two places") << QList<int>{0, 1} << 1 << 2;
        QTest::newRow("one place found twice") << QList<int>{0, 0} << 1 << 1;
        QTest::newRow("one place that another decision takes away") << QList<int>{0, 2} << 1 << 0;
        QTest::newRow("one place beside another decision") << QList<int>{1, 2} << 1 << 1;
        QTest::newRow("a place in one of two sources, nobody knows in which") << QList<int>{0} << 2 << 0;
        QTest::newRow("undecided") << QList<int>{3} << 1 << 0;
        QTest::newRow("without a reason") << QList<int>{4} << 1 << 0;
        QTest::newRow("a reason of blanks") << QList<int>{5} << 1 << 0;
        QTest::newRow("name of a file, which goes all the same") << QList<int>{6} << 1 << 0;
        QTest::newRow("metadata, which goes all the same") << QList<int>{7} << 1 << 0;
        QTest::newRow("letters of a picture") << QList<int>{8} << 1 << 0;
        QTest::newRow("attribute of every instance") << QList<int>{9} << 3 << 1;
        QTest::newRow("attribute in a sequence that goes") << QList<int>{10, 11} << 3 << 0;
        QTest::newRow("attribute in another item of a sequence") << QList<int>{10, 12} << 3 << 1;
        QTest::newRow("cell") << QList<int>{13} << 1 << 1;
        QTest::newRow("cell in a column that goes") << QList<int>{13, 14} << 1 << 0;
        QTest::newRow("cell in a record that goes") << QList<int>{13, 15} << 1 << 0;
    }
    void placesAreCounted() {
        QFETCH(QList<int>, use);
        QFETCH(int, sources);
        QFETCH(int, places);
        const std::string name = "榎本 周平";
        std::vector<Finding> all{at(Kind::Text, name, 10, 15),
                                 at(Kind::Text, name, 30, 35),
                                 at(Kind::Text, name + "様", 12, 18, DecisionState::Accepted),
                                 at(Kind::Text, name, 10, 15, DecisionState::Open),
                                 at(Kind::Text, name, 10, 15, {}, ""),
                                 at(Kind::Text, name, 10, 15, DecisionState::Rejected, " \u3000"),
                                 at(Kind::FileName, name, 0, 0),
                                 at(Kind::Metadata, name, 0, 0),
                                 at(Kind::Pixels, name, 0, 0),
                                 attribute("(0010,0010)", name),
                                 attribute("(0040,A730)[2].(0040,A123)", name),
                                 attribute("(0040,A730)[*]", "3 items", DecisionState::Accepted),
                                 attribute("(0040,A730)[1]", "1 item", DecisionState::Accepted),
                                 inCell(3, 2, name, 40),
                                 at(Kind::Column, "x", 0, 0, DecisionState::Accepted),
                                 inCell(3, 5, "x", 60, DecisionState::Accepted)};
        all[4].state = DecisionState::Rejected;
        all[14].locator.column = 2;
        all[15].method = R"({"record":true})";
        std::vector<Finding> findings;
        for (const int index : use) {
            findings.push_back(all[static_cast<std::size_t>(index)]);
        }
        std::vector<model::Source> of(static_cast<std::size_t>(sources));
        const Texts kept = textsOf(job::keptInFile(findings, of));
        QCOMPARE(kept.contains(name) ? static_cast<int>(kept.at(name)) : 0, places);
        QCOMPARE(kept.size(), std::size_t{places > 0 ? 1U : 0U});
    }

    void textOfAPageStandsOnce() {
        Finding kept = at(Kind::Pixels, kName, 0, 0);
        kept.locator.rect = {10, 10, 50, 20};
        kept.locator.frames = {2, 2};
        Finding masked = at(Kind::Pixels, "x", 0, 0, DecisionState::Accepted);
        masked.locator = kept.locator;
        masked.locator.frames = {1, 1};
        model::Source page;
        page.format = "pdf";
        QCOMPARE(textsOf(job::keptInFile(std::vector{kept, kept, masked}, {&page, 1})), (Texts{{kName, 1}}));
        masked.locator.frames = {1, 2};
        QVERIFY(job::keptInFile(std::vector{kept, masked}, {&page, 1}).empty());
    }

    void aDirectoryHasAPlaceForEachAsset() {
        Finding creator = attribute("(0070,0084)", "OPERATOR^A");
        creator.instances = 4;
        const std::vector findings{attribute("(0010,0010)", kName), creator,
                                   attribute("(0040,A730)[0].(0040,A123)", "DOCTOR^B"),
                                   attribute("(0010,0020)", "K0047731", DecisionState::Accepted)};
        QCOMPARE(textsOf(job::keptInDirectory(findings)), (Texts{{kName, 1}, {"OPERATOR^A", 4}}));
    }

    /// The directory speaks of everybody: a name left in one asset allows one, not those of all others.
    void theDirectoryIsSearchedByCount() {
        const Bed bed(Documents{});
        const std::vector<stage::ResidualSearch::Kept> kept{{"ENOMOTO^SHUHEI=榎本^周平", 1}};
        const auto examine = job::directorySearch(*bed.session, kept, {});
        QVERIFY(examine.has_value());
        const auto passes = [&](const std::string& bytes) {
            return (*examine)(std::as_bytes(std::span(bytes))).has_value();
        };
        QVERIFY(passes("..PN..ENOMOTO^SHUHEI=榎本^周平 ..LO..S-1.."));
        QVERIFY(!passes("..PN..ENOMOTO^SHUHEI ..LO..S-1..PN..ENOMOTO^SHUHEI .."));
        QVERIFY(!passes("..PN..ENOMOTO^SHUHEI ..LO..K0047731 .."));
    }

    void oneOfThreeIsLeft_data() {
        QTest::addColumn<bool>("unseen");
        QTest::addColumn<int>("residuals");
        QTest::newRow("the others were found and go") << false << 0;
        // Nothing says which of the two nobody decided on: both are shown.
        QTest::newRow("one of the others was not found") << true << 2;
    }
    void oneOfThreeIsLeft() {
        QFETCH(bool, unseen);
        QFETCH(int, residuals);
        Bed bed(Documents{{"letter.txt", kThreeTimes}});
        const auto names = bed.names("letter.txt");
        QCOMPARE(names.size(), std::size_t{3});
        bed.leave(names[2].id, "the title of a book");
        if (unseen) {
            bed.rewrite("letter.txt", [&](const Finding& one) { return !(one.locator == names[1].locator); });
        }
        bed.acceptRestAndStage();
        QCOMPARE(bed.residuals("letter.txt"), std::vector{static_cast<std::size_t>(residuals)});
    }

    void whatStaysWithoutAReasonIsFound() {
        // A birth date is recommended to go: nobody is forced to say why it stays.
        Bed bed(Documents{{"a.txt", "生年月日：1961年7月23日\n"},
                          {"b.txt", "生年月日：1961年7月23日（初診時）\n"}});
        const auto a = bed.findings("a.txt");
        const auto b = bed.findings("b.txt");
        const auto isDate = [](const Finding& one) { return one.label == "BIRTH_DATE"; };
        const auto first = std::ranges::find_if(a, isDate);
        const auto second = std::ranges::find_if(b, isDate);
        QVERIFY(first != a.end() && second != b.end());
        bed.leave(first->id, "");
        bed.leave(second->id, "the study is about the day of birth", DecisionState::Changed);
        bed.acceptRestAndStage();
        QCOMPARE(bed.residuals("a.txt"), std::vector<std::size_t>{1});
        QCOMPARE(bed.residuals("b.txt"), std::vector<std::size_t>{0});
    }

    void anotherAssetIsNotSpared() {
        Bed bed(Documents{{"a.txt", "「榎本 周平 画集」を持参した。\n"},
                          {"b.txt", "榎本 周平様は咳嗽で受診した。\n"}});
        QCOMPARE(bed.names("a.txt").size(), std::size_t{1});
        QCOMPARE(bed.names("b.txt").size(), std::size_t{1});
        bed.leave(bed.names("a.txt").front().id, "the title of a book");
        bed.rewrite("b.txt", [](const Finding& one) { return one.text != kName; });
        bed.acceptRestAndStage();
        QCOMPARE(bed.residuals("a.txt"), std::vector<std::size_t>{0});
        QCOMPARE(bed.residuals("b.txt"), std::vector<std::size_t>{1});
    }

    void aSeriesKeepsItInEveryInstance_data() {
        QTest::addColumn<bool>("unseen");
        QTest::newRow("where it was left") << false;
        QTest::newRow("and where nobody saw it") << true;
    }
    void aSeriesKeepsItInEveryInstance() {
        QFETCH(bool, unseen);
        Bed bed(Documents{}, unseen ? "ENOMOTO SHUHEI" : "CT01");
        for (const Finding& one : bed.findings("IM0001")) {
            if (one.locator.path == "(0010,0010)") {
                QCOMPARE(one.instances, std::int64_t{3});
                bed.leave(one.id, "a volunteer of the team, who agreed in writing");
            }
        }
        bed.rewrite("IM0001", [](Finding& one) {
            if (one.label == "StationName") { // as if it held a word of the device
                one.suggested = one.action = Action::Keep;
                one.detail.clear();
                one.requirement = model::Requirement::None;
            }
            return true;
        });
        bed.acceptRestAndStage();
        // In each file both places of the name in Latin letters, none of those in kanji and kana.
        QCOMPARE(bed.residuals("IM0001"), std::vector<std::size_t>(3, unseen ? 2 : 0));
    }

    void aColumnIsKeptCellByCell_data() {
        QTest::addColumn<bool>("unseen");
        QTest::addColumn<int>("residuals");
        QTest::newRow("the column alone") << false << 0;
        QTest::newRow("a remark beside it") << true << 3;
    }
    void aColumnIsKeptCellByCell() {
        QFETCH(bool, unseen);
        QFETCH(int, residuals);
        const std::string remark = unseen ? "榎本 周平様より聴取した" : "経過観察とした";
        Bed bed(Documents{{"labs.csv", "氏名,項目,所見\n榎本 周平,AST,著変なし\n榎本 周平,CRP," + remark +
                                           "\n佐々木 花,ALT,再検とした\n"}});
        base::FindingId column;
        for (const Finding& one : bed.findings("labs.csv")) {
            column = one.locator.kind == Kind::Column && one.locator.column == 0 ? one.id : column;
        }
        QVERIFY(column.valid());
        bed.leave(column, "names of a published example");
        bed.rewrite("labs.csv", [](const Finding& one) { return one.locator.kind != Kind::Cell; });
        bed.acceptRestAndStage();
        QCOMPARE(bed.residuals("labs.csv"), std::vector{static_cast<std::size_t>(residuals)});
    }

    /// As in DICOM: nobody has to give a reason for each name of a hospital that the policy retains.
    void aRetainedFacilityIsNotKnown_data() {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<bool>("known");
        QTest::newRow("facilities go") << QByteArray("guideline-2024") << true;
        QTest::newRow("facilities stay") << QByteArray("guideline-2024+institution-identity") << false;
    }
    void aRetainedFacilityIsNotKnown() {
        QFETCH(QByteArray, policy);
        QFETCH(bool, known);
        Bed bed(Documents{{"labs.csv", "医療機関名,項目,値\n霧ヶ丘中央病院,AST,24\n霧ヶ丘中央病院,ALT,31\n"},
                          {"a.txt", "紹介先：霧ヶ丘中央病院\n"}},
                "CT01", policy.constData());
        auto reading = *bed.session->internals().read();
        const auto cohort = *reading->known.forSearch({});
        QCOMPARE(std::ranges::any_of(cohort, [](const auto& one) { return one.kind == "facility"; }), known);
        bed.acceptRestAndStage();
        for (const char* const file : {"labs.csv", "a.txt"}) {
            QCOMPARE(bed.residuals(file), std::vector<std::size_t>{0});
            const auto staged = *bed.session->staged(bed.asset(file));
            const auto bytes = base::readFile(bed.session->folder() / staged.front().path, 1U << 20);
            QCOMPARE(bytes->find("霧ヶ丘中央病院") == std::string::npos, known);
        }
    }
};

QTEST_GUILESS_MAIN(TestKeptPlaces)
#include "TestKeptPlaces.moc"

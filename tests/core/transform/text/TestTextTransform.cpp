#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "core/base/FileIo.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/text/TextSource.h"
#include "core/transform/text/Municipality.h"
#include "core/transform/text/NewValue.h"
#include "core/transform/text/TextTransform.h"

using namespace kamei;
using namespace kamei::transform;
using model::Action;
using Kind = model::Locator::Kind;

namespace {

class MemorySink final : public ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string bytes;
};

model::Finding finding(Kind kind, std::int64_t start, std::int64_t end, const char* label, Action action) {
    model::Finding out;
    out.locator.kind = kind;
    out.locator.start = start;
    out.locator.end = end;
    out.label = label;
    out.suggested = action;
    out.action = action;
    out.state = model::DecisionState::Accepted;
    return out;
}

model::Finding column(std::int32_t number, const char* label, Action action) {
    model::Finding out = finding(Kind::Column, 0, 0, label, action);
    out.locator.column = number;
    return out;
}

/// Runs a transform on a file of its own.
struct Bench {
    QTemporaryDir folder;
    pseudonym::Key key = pseudonym::Key::random();
    model::Policy policy;
    model::Subject subject;
    std::vector<model::Subject> cohort;
    model::AssetKind kind = model::AssetKind::Text;
    std::string format = "text";

    Bench() {
        subject.id = base::SubjectId{1};
        subject.key = "|00458812";
        subject.hint.patientId = "00458812";
        subject.pseudonym = key.pseudonymId(subject.key);
    }

    base::Expected<std::string> run(const std::string& bytes, const std::vector<model::Finding>& findings) {
        model::Source source;
        source.path = (folder.path() + "/source").toStdString();
        source.format = format;
        std::ofstream(source.path, std::ios::binary) << bytes;
        source.sha256 = base::sha256(bytes);
        source.stamp = *base::fileStamp(source.path);
        model::Asset asset;
        asset.kind = kind;
        asset.group = source.sha256.hex();
        const Context context{policy, key, subject, {}, cohort};
        auto transform = text::compileText(asset, findings, context);
        if (!transform) {
            return tl::unexpected(transform.error());
        }
        MemorySink sink;
        if (auto done = (*transform)->apply(source, sink); !done) {
            return tl::unexpected(done.error());
        }
        return sink.bytes;
    }
};

/// Finding that covers a word of a text.
model::Finding on(const QString& text, const QString& word, const char* label, Action action) {
    const int at = static_cast<int>(text.indexOf(word));
    return finding(Kind::Text, at, at + word.size(), label, action);
}

} // namespace

class TestTextTransform : public QObject {
    Q_OBJECT

private slots:
    void putsPlaceholdersInRunningText() {
        Bench bench;
        const QString text =
            QStringLiteral("長男 拓也さん同席。前回 2月12日 CT で軽い蕁麻疹。TEL 090-0123-4471");
        const auto out = bench.run(text.toStdString(), {on(text, "拓也", "FAMILY_NAME", Action::Delete),
                                                        on(text, "2月12日", "DATE", Action::Delete),
                                                        on(text, "090-0123-4471", "PHONE", Action::Delete)});
        QVERIFY(out.has_value());
        QCOMPARE(QString::fromStdString(*out),
                 QStringLiteral("長男 [氏名]さん同席。前回 [日付] CT で軽い蕁麻疹。TEL [電話]"));
    }

    void keepsTheEncoding() {
        Bench bench;
        const QString text = QStringLiteral("氏名：髙橋 拓也①\r\n電話：03-0123-4567～\r\n");
        const auto bytes = intake::encoding::encode(text.toStdString(), intake::encoding::Encoding::Cp932);
        const auto out = bench.run(*bytes, {on(text, "髙橋 拓也", "PATIENT_NAME", Action::Delete)});
        QVERIFY(out.has_value());
        const auto back = intake::encoding::decode(*out, intake::encoding::Encoding::Cp932);
        QCOMPARE(QString::fromStdString(*back), QStringLiteral("氏名：[氏名]①\r\n電話：03-0123-4567～\r\n"));
    }

    void usesEnglishInEnglish() {
        Bench bench;
        const QString text = QStringLiteral("Mikami Yoko was seen.");
        const auto out =
            bench.run(text.toStdString(), {on(text, "Mikami Yoko", "PATIENT_NAME", Action::Delete)});
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("[NAME] was seen."));
    }

    void leavesUndecidedAndRejectedAlone() {
        Bench bench;
        const QString text = QStringLiteral("三上陽子、三上拓也");
        auto open = on(text, "三上陽子", "PATIENT_NAME", Action::Delete);
        open.state = model::DecisionState::Open;
        auto rejected = on(text, "三上拓也", "FAMILY_NAME", Action::Delete);
        rejected.state = model::DecisionState::Rejected;
        QCOMPARE(QString::fromStdString(*bench.run(text.toStdString(), {open, rejected})), text);
    }

    void takesTheStrictestOfOverlaps_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("delete over replace") << int(Action::Replace) << int(Action::Delete);
        QTest::newRow("delete over shift, other order") << int(Action::Delete) << int(Action::Shift);
    }
    void takesTheStrictestOfOverlaps() {
        QFETCH(int, first);
        QFETCH(int, second);
        Bench bench;
        const QString text = QStringLiteral("前 あいうえお 後");
        const auto out = bench.run(text.toStdString(),
                                   {finding(Kind::Text, 2, 5, "PATIENT_NAME", static_cast<Action>(first)),
                                    finding(Kind::Text, 4, 7, "PATIENT_NAME", static_cast<Action>(second))});
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("前 [氏名] 後"));
    }

    void movesDatesOfOnePersonAlike() {
        Bench bench;
        const QString text =
            QStringLiteral("入院 2026年3月5日、退院 2026年3月15日、次回 令和8年4月1日、不明 来週");
        const auto out = bench.run(text.toStdString(), {on(text, "2026年3月5日", "DATE", Action::Shift),
                                                        on(text, "2026年3月15日", "DATE", Action::Shift),
                                                        on(text, "令和8年4月1日", "DATE", Action::Shift),
                                                        on(text, "来週", "DATE", Action::Shift)});
        const std::int32_t days = bench.key.dateShiftDays(bench.subject.key);
        const QDate admitted = QDate(2026, 3, 5).addDays(days);
        const QDate left = QDate(2026, 3, 15).addDays(days);
        const QDate next = QDate(2026, 4, 1).addDays(days);
        const auto written = [](QDate d) {
            return QStringLiteral("%1年%2月%3日").arg(d.year()).arg(d.month()).arg(d.day());
        };
        QCOMPARE(QString::fromStdString(*out),
                 QStringLiteral("入院 %1、退院 %2、次回 令和%3年%4月%5日、不明 [日付]")
                     .arg(written(admitted), written(left))
                     .arg(next.year() - 2018)
                     .arg(next.month())
                     .arg(next.day()));
    }

    void processesColumns() {
        Bench bench;
        bench.kind = model::AssetKind::Table;
        bench.format = "csv";
        model::Subject other;
        other.id = base::SubjectId{2};
        other.key = "HOSP|002";
        other.hint.patientId = "002";
        other.pseudonym = bench.key.pseudonymId(other.key);
        bench.subject = {};
        bench.cohort = {other};
        const std::string csv = "患者ID,氏名,生年月日,検査日,住所,年齢,値\n"
                                "001,三上陽子,19580802,2026/03/05,東京都中央区築地99-1,67,1.5\n"
                                "002,戸川理恵,19300105,2026/03/05,\"大阪府大阪市北区99, 1\",96,\"2\"\"5\"\n";
        const auto out =
            bench.run(csv, {column(0, "CHART_NO", Action::Replace), column(1, "patient.name", Action::Delete),
                            column(2, "BIRTH_DATE", Action::Generalise), column(3, "DATE", Action::Shift),
                            column(4, "ADDRESS", Action::Generalise), column(5, "AGE", Action::TopCode)});
        QVERIFY(out.has_value());
        const auto moved = [&](const std::string& key) {
            return QDate(2026, 3, 5).addDays(bench.key.dateShiftDays(key)).toString("yyyy/MM/dd");
        };
        const QString expected =
            QStringLiteral("患者ID,氏名,生年月日,検査日,住所,年齢,値\n%1,,19580801,%2,東京都中央区,67,1.5\n"
                           "%3,,19300101,%4,\"大阪府大阪市北区\",90,\"2\"\"5\"\n")
                .arg(QString::fromStdString(bench.key.pseudonymId("|001")), moved("|001"),
                     QString::fromStdString(other.pseudonym), moved(other.key));
        QCOMPARE(QString::fromStdString(*out), expected);
    }

    /// 4.2.2: whoever has a number in a column that nothing names gets the pseudonym that the person has
    /// elsewhere.
    void numbersEachRowOfAColumnWithoutAName() {
        Bench bench;
        bench.kind = model::AssetKind::Table;
        bench.format = "csv";
        model::Subject other;
        other.id = base::SubjectId{2};
        other.key = "HOSP|77120035";
        other.hint.patientId = "77120035";
        other.pseudonym = bench.key.pseudonymId(other.key);
        bench.subject = {};
        bench.cohort = {other};
        const auto out =
            bench.run("77120034,120\n77120035,118\n77120036,99\n", {column(0, "CHART_NO", Action::Replace)});
        QVERIFY(out.has_value());
        QCOMPARE(QString::fromStdString(*out),
                 QStringLiteral("%1,120\n%2,118\n%3,99\n")
                     .arg(QString::fromStdString(bench.key.pseudonymId("|77120034")),
                          QString::fromStdString(other.pseudonym),
                          QString::fromStdString(bench.key.pseudonymId("|77120036"))));
    }

    void cleansColumnsOfProse() {
        Bench bench;
        bench.kind = model::AssetKind::Table;
        bench.format = "csv";
        auto clean = column(1, "text", Action::Clean);
        clean.detail =
            R"({"clean":[{"value":"三上さん来院","spans":[{"start":0,"end":2,"label":"PATIENT_NAME"}]},)"
            R"({"value":"異常なし","spans":[]}]})";
        const auto out = bench.run("ID,所見\n1,三上さん来院\n2,異常なし\n3,知らない文\n", {clean});
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("ID,所見\n1,[氏名]さん来院\n2,異常なし\n3,\n"));
    }

    void processesXmlFields() {
        Bench bench;
        bench.kind = model::AssetKind::Document;
        bench.format = "cda";
        const QString xml = QStringLiteral(
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><recordTarget><patientRole>"
            "<id extension=\"00458812\"/><patient><name>三上 陽子</name><birthTime value=\"19580802\"/>"
            "</patient></patientRole></recordTarget><component><text>母 三上花 &amp; 父</text></component>"
            "</ClinicalDocument>");
        const auto out =
            bench.run(xml.toStdString(), {on(xml, "00458812", "patient.id", Action::Replace),
                                          on(xml, "三上 陽子", "patient.name", Action::Delete),
                                          on(xml, "19580802", "patient.birth-date", Action::Generalise),
                                          on(xml, "三上花", "FAMILY_NAME", Action::Delete)});
        QString expected = xml;
        expected.replace("00458812", QString::fromStdString(bench.subject.pseudonym));
        expected.replace("<name>三上 陽子", "<name nullFlavor=\"MSK\">")
            .replace("19580802", "19580801")
            .replace("三上花", "[氏名]");
        QCOMPARE(QString::fromStdString(*out), expected);
    }

    void keepsCdaValid_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QStringList>("words"); // each deleted whole
        QTest::addColumn<QString>("after");
        const auto row = [](const char* rule, const char* before, const QStringList& words,
                            const char* after) {
            QTest::newRow(rule) << QString::fromUtf8(before) << words << QString::fromUtf8(after);
        };
        row("root alone", R"(<id root="1.2.3"/>)", {"1.2.3"}, R"(<id nullFlavor="MSK"/>)");
        row("root of an extension that stays", R"(<id root="1.2.3" extension="77"/>)", {"1.2.3"},
            R"(<id extension="77"/>)");
        row("extension", R"(<id root="1.2.3" extension="77"/>)", {"77"},
            R"(<id nullFlavor="MSK" root="1.2.3"/>)");
        row("extension first", R"(<id extension="77" root="1.2.3"/>)", {"77"},
            R"(<id nullFlavor="MSK" root="1.2.3"/>)");
        row("root and extension", R"(<id root="1.2.3" extension="77"/>)", {"1.2.3", "77"},
            R"(<id nullFlavor="MSK"/>)");
        row("name of the issuer", R"(<id root="1.2.3" extension="77" assigningAuthorityName="A病院"/>)",
            {"A病院"}, R"(<id root="1.2.3" extension="77"/>)");
        row("blanks and quotes as written", "<id\n  root = '1.2.3'\n  extension='77' />", {"1.2.3"},
            "<id\n  extension='77' />");
        row("identifier that is null already", R"(<id nullFlavor="UNK" root="1.2.3"/>)", {"1.2.3"},
            R"(<id nullFlavor="UNK"/>)");
        row("the same in another element stays", R"(<id root="9.9"/><id root="1.2.3"/>)", {"1.2.3"},
            R"(<id root="9.9"/><id nullFlavor="MSK"/>)");
        row("prefix of the namespace", R"(<h:id xmlns:h="urn:hl7-org:v3" root="1.2.3"></h:id>)", {"1.2.3"},
            R"(<h:id nullFlavor="MSK" xmlns:h="urn:hl7-org:v3"></h:id>)");
        row("telecom", R"(<telecom use="WP" value="tel:03-0123-4567"/>)", {"tel:03-0123-4567"},
            R"(<telecom nullFlavor="MSK" use="WP"/>)");
        row("time", R"(<birthTime value="19580802"/>)", {"19580802"}, R"(<birthTime nullFlavor="MSK"/>)");
        row("words of a code", R"(<code code="1" codeSystem="1.9" displayName="三上"/>)", {"三上"},
            R"(<code code="1" codeSystem="1.9"/>)");
        row("name", "<name>三上 陽子</name>", {"三上 陽子"}, R"(<name nullFlavor="MSK"></name>)");
        row("name in parts", "<name use=\"IDE\"><family>三上</family> <given>陽子</given></name>",
            {"三上", "陽子"},
            "<name nullFlavor=\"MSK\" use=\"IDE\"><family></family> <given></given></name>");
        row("part of a name", "<name><family>三上</family><given>陽子</given></name>", {"陽子"},
            "<name><family>三上</family><given nullFlavor=\"MSK\"></given></name>");
        row("text of a name beside a part", "<name>三上<suffix>殿</suffix></name>", {"三上"},
            "<name><suffix>殿</suffix></name>");
        row("names in a row", "<name>三上</name><name use=\"SYL\">ミカミ</name>", {"三上"},
            "<name nullFlavor=\"MSK\"></name><name use=\"SYL\">ミカミ</name>");
        row("comment in a name", "<name><!--三上--><family>X</family></name>", {"三上"},
            "<name><!----><family>X</family></name>");
        row("address with one part left",
            "<addr><state>東京都</state><streetAddressLine>築地99</streetAddressLine></addr>", {"築地99"},
            "<addr><state>東京都</state><streetAddressLine nullFlavor=\"MSK\"></streetAddressLine></addr>");
        row("address", "<addr><state>東京都</state></addr>", {"東京都"},
            "<addr nullFlavor=\"MSK\"><state></state></addr>");
        row("text that is no name is left as it is", "<title>三上</title>", {"三上"}, "<title></title>");
        row("what was empty before", R"(<id root=""/><name/><name></name><addr>X</addr>)", {},
            R"(<id root=""/><name/><name></name><addr>X</addr>)");
    }
    void keepsCdaValid() {
        QFETCH(QString, before);
        QFETCH(QStringList, words);
        QFETCH(QString, after);
        const QString frame = QStringLiteral("<ClinicalDocument>%1<!-- 末尾 --></ClinicalDocument>\r\n");
        Bench bench;
        bench.kind = model::AssetKind::Document;
        bench.format = "cda";
        std::vector<model::Finding> findings;
        for (const QString& word : words) {
            findings.push_back(on(frame.arg(before), word, "OTHER_NO", Action::Delete));
        }
        const auto out = bench.run(frame.arg(before).toStdString(), findings);
        QVERIFY(out.has_value());
        QCOMPARE(QString::fromStdString(*out), frame.arg(after));
    }

    void writesUidsIntoRoots() {
        Bench bench;
        bench.kind = model::AssetKind::Document;
        bench.format = "cda";
        const QString xml = QStringLiteral("<ClinicalDocument><id root=\"1.2.3\"/></ClinicalDocument>");
        const auto out = bench.run(xml.toStdString(), {on(xml, "1.2.3", "document.id", Action::Replace)});
        QCOMPARE(QString::fromStdString(*out),
                 QString(xml).replace("1.2.3", QString::fromStdString(bench.key.uid("1.2.3"))));
    }

    void marksNothingInOtherXml() {
        Bench bench;
        bench.kind = model::AssetKind::Document;
        bench.format = "xml";
        const QString xml = QStringLiteral("<a><id root=\"1.2.3\"/><name>三上</name></a>");
        const auto out = bench.run(xml.toStdString(), {on(xml, "1.2.3", "OTHER_NO", Action::Delete),
                                                       on(xml, "三上", "PATIENT_NAME", Action::Delete)});
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("<a><id root=\"\"/><name></name></a>"));
    }

    void refusesWhatTextCannotUndergo_data() {
        QTest::addColumn<int>("action");
        for (const Action action :
             {Action::Mask, Action::Deface, Action::Swap, Action::Microaggregate, Action::Synthesise}) {
            QTest::newRow(model::word(action).data()) << int(action);
        }
    }
    void refusesWhatTextCannotUndergo() {
        QFETCH(int, action);
        Bench bench;
        const auto out = bench.run("abc", {finding(Kind::Text, 0, 1, "DATE", static_cast<Action>(action))});
        QVERIFY(!out.has_value());
        QCOMPARE(out.error().code, base::ErrorCode::NotPossible);
    }

    void noticesChangedSources() {
        Bench bench;
        model::Source source;
        source.path = (bench.folder.path() + "/s").toStdString();
        source.format = "text";
        std::ofstream(source.path) << "one";
        source.stamp = *base::fileStamp(source.path);
        std::ofstream(source.path) << "other";
        auto transform =
            text::compileText(model::Asset{}, {}, Context{bench.policy, bench.key, bench.subject});
        MemorySink sink;
        QCOMPARE((*transform)->apply(source, sink).error().code, base::ErrorCode::SourceChanged);
        std::filesystem::remove(source.path);
        QCOMPARE((*transform)->apply(source, sink).error().code, base::ErrorCode::SourceMissing);
    }

    void findsMunicipalities_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("municipality");
        QTest::newRow("4.8.3") << QStringLiteral("東京都中央区築地5-1-1") << QStringLiteral("東京都中央区");
        QTest::newRow("ward of a designated city")
            << QStringLiteral("大阪府大阪市北区梅田99") << QStringLiteral("大阪府大阪市北区");
        QTest::newRow("without prefecture")
            << QStringLiteral("札幌市中央区北1条") << QStringLiteral("札幌市中央区");
        QTest::newRow("with spaces") << QStringLiteral("東京都　中央区 築地")
                                     << QStringLiteral("東京都　中央区");
        QTest::newRow("postal code before it")
            << QStringLiteral("〒104-0045 東京都中央区築地") << QStringLiteral("東京都中央区");
        QTest::newRow("prefecture only") << QStringLiteral("東京都99番地") << QStringLiteral("東京都");
        QTest::newRow("abroad") << QStringLiteral("2222 Home Street") << QString();
    }
    void findsMunicipalities() {
        QFETCH(QString, address);
        QFETCH(QString, municipality);
        if (!std::filesystem::exists(std::string(KAMEI_SOURCE_RESOURCES) + "/japanese/municipalities.tsv")) {
            QSKIP("the table of municipalities is not here");
        }
        const auto found = text::toMunicipality(address.toStdString());
        QCOMPARE(QString::fromStdString(found.value_or("")), municipality);
    }

    void topCodesAges_data() {
        QTest::addColumn<QString>("age");
        QTest::addColumn<QString>("result");
        QTest::newRow("89 stays") << QStringLiteral("89歳") << QStringLiteral("89歳");
        QTest::newRow("90") << QStringLiteral("90歳") << QStringLiteral("90歳以上");
        QTest::newRow("full width") << QStringLiteral("９３才") << QStringLiteral("90歳以上");
        QTest::newRow("kanji") << QStringLiteral("九十三歳") << QStringLiteral("90歳以上");
        QTest::newRow("hundred") << QStringLiteral("百二歳") << QStringLiteral("90歳以上");
        QTest::newRow("bare number") << QStringLiteral("101") << QStringLiteral("90");
        QTest::newRow("months") << QStringLiteral("96か月") << QStringLiteral("96か月");
    }
    void topCodesAges() {
        QFETCH(QString, age);
        QFETCH(QString, result);
        const std::string value = age.toStdString();
        const auto out =
            text::newValue({value, "AGE", true, true}, Action::TopCode, {}, pseudonym::Key::random());
        QCOMPARE(QString::fromStdString(out.value_or(value)), result);
    }

    void digestsFollowDecisions() {
        Bench bench;
        const model::Asset asset;
        const Context context{bench.policy, bench.key, bench.subject};
        const std::vector one{finding(Kind::Text, 0, 2, "DATE", Action::Shift)};
        const std::vector two{finding(Kind::Text, 0, 2, "DATE", Action::Delete)};
        const auto digest = [&](const std::vector<model::Finding>& findings) {
            return (*text::compileText(asset, findings, context))->digest();
        };
        QVERIFY(digest(one) == digest(one));
        QVERIFY(digest(one) != digest(two));
        QVERIFY(digest(one) != digest({}));
    }
};

QTEST_GUILESS_MAIN(TestTextTransform)
#include "TestTextTransform.moc"

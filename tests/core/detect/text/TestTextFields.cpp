#include <QTest>
#include <array>
#include <string>
#include <vector>

#include "core/detect/text/TextDetector.h"
#include "tests/core/detect/text/Labelled.h"

using namespace kamei::detect::text;

namespace {

struct Kind {
    const char* name;
    std::vector<const char*> keys;
    std::vector<const char*> values;
};

// Key words of forms and what may stand behind them, in ways that no rule of values knows among them.
const std::vector<Kind>& kinds() {
    static const std::vector<Kind> kKinds{
        {"name",
         {"患者氏名", "氏名", "受診者名", "お名前", "フリガナ", "旧姓", "通称名", "続柄・氏名",
          "氏名（カナ）", "Patient Name"},
         {"高橋 美咲", "小鳥遊ひより", "林", "ﾀｶﾊｼ ﾐｻｷ", "王 建国", "髙槗 瑠偉", "四月一日 詩", "児玉 梛沙",
          "グエン・ティ・ラン", "O'Brien Kate"}},
        {"role",
         {"主治医", "担当医", "記載者", "報告者", "紹介元医師", "代諾者", "同席者", "緊急連絡先氏名",
          "キーパーソン"},
         {"高橋 美咲", "小鳥遊ひより", "ﾀｶﾊｼ ﾐｻｷ", "やまだ たろう", "王 建国", "Nguyen Van An"}},
        {"birth date",
         {"生年月日", "誕生日", "生年月日(和暦)", "本人生年月日", "DOB"},
         {"昭和45年2月1日", "S45.2.1", "1970/02/01", "19700201", "3-45.02.01", "3450201", "3 45 02 01",
          "S450201", "1970 02 01", "45年2月1日"}},
        {"sex", {"性別", "患者性別", "性別（戸籍）", "Sex"}, {"男", "女性", "M", "■女", "☑男", "女子", "2"}},
        {"age",
         {"年齢", "受診時年齢", "Age"},
         {"45", "45歳", "４５才", "045Y", "45歳3ヶ月", "3ヶ月", "生後12日", "45 years"}},
        {"number",
         {"患者ID", "カルテ番号", "診察券番号", "登録番号", "検体番号", "受付番号", "検査番号", "整理番号",
          "Accession No.", "Medical Record Number"},
         {"1234567", "00-1234-5", "A0012345", "12 34 567", "０１２３４５６", "H24-1234", "1234/567",
          "#123456", "1234567-8"}},
        {"insurance",
         {"保険者番号", "記号・番号", "被保険者番号", "公費負担者番号", "受給者番号"},
         {"138123", "06138123", "12-34・567", "あいう・123", "９８７６５４", "1234567"}},
        {"code",
         {"マイナンバー", "運転免許証番号", "旅券番号", "基礎年金番号", "在留カード番号", "住民票コード",
          "クレジットカード番号"},
         {"123456789018", "1234-5678-9018", "TZ0234567", "AB12345678CD", "12345678901"}},
        {"telephone",
         {"電話", "TEL", "携帯電話", "連絡先", "緊急連絡先", "FAX"},
         {"03-0123-4567", "0301234567", "03(0123)4567", "090-0234-5678", "０３－０１２３－４５６７",
          "0123-4567", "(03)0123-4567"}},
        {"address",
         {"住所", "現住所", "本籍地", "連絡先住所"},
         {"東京都港区芝公園4-2-8", "港区芝公園四丁目2番8号", "松本市大手", "大手三丁目8番",
          "北海道虻田郡ニセコ町字富士見95", "アパート桜荘201"}},
        {"work",
         {"勤務先", "学校名", "紹介元", "医療機関名"},
         {"青葉精機株式会社", "丸の内第一小学校", "みすず総合病院", "白樺クリニック"}},
        {"job", {"職業", "職種"}, {"会社員", "左官", "漁師", "農業", "トラック運転手"}},
    };
    return kKinds;
}

// Whether every letter and digit of a range is found; a sign or a blank more or less is nobody's.
bool covered(const QString& text, qsizetype start, qsizetype length, const std::vector<Span>& spans) {
    std::vector<bool> found(static_cast<std::size_t>(text.size()));
    for (const Span& span : spans) {
        std::fill(found.begin() + span.start, found.begin() + span.end, true);
    }
    for (qsizetype i = start; i < start + length; ++i) {
        if (text[i].isLetterOrNumber() && !found[static_cast<std::size_t>(i)]) {
            return false;
        }
    }
    return true;
}

} // namespace

/// Values that their key word alone tells (Guideline 5.2.2): whatever way they are written in, none is left.
class TestTextFields : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        auto detector = TextDetector::shared();
        QVERIFY(detector.has_value());
        m_detector = *detector;
    }

    /// Every key word with every value, one field a document.
    void everyValueIsFound_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("between");
        QTest::addColumn<QString>("behind");
        QTest::newRow("colon") << ""
                               << "："
                               << "\n";
        QTest::newRow("colon and blank") << "・"
                                         << ": "
                                         << "\n";
        QTest::newRow("tab") << ""
                             << "\t"
                             << "\t";
        QTest::newRow("bracket") << "【"
                                 << "】"
                                 << "\n";
        QTest::newRow("equals sign") << "1. "
                                     << "＝"
                                     << "; ";
        QTest::newRow("line below") << ""
                                    << "\n"
                                    << "\n";
        QTest::newRow("line below, CR LF") << ""
                                           << "\r\n"
                                           << "\r\n";
        QTest::newRow("bar") << "|"
                             << "|"
                             << "|";
    }
    void everyValueIsFound() {
        QFETCH(QString, before);
        QFETCH(QString, between);
        QFETCH(QString, behind);
        int all = 0;
        QStringList missed;
        for (const Kind& kind : kinds()) {
            for (const char* key : kind.keys) {
                for (const char* value : kind.values) {
                    const QString head = "検査依頼票\n" + before + QString::fromUtf8(key) + between;
                    const QString what = QString::fromUtf8(value);
                    const QString text = head + what + behind + "以上\n";
                    ++all;
                    if (!covered(text, head.size(), what.size(),
                                 m_detector->detect(text.toStdString(), {}))) {
                        missed << QString::fromUtf8(key) + "/" + what;
                    }
                }
            }
        }
        // What is asked of fields: at least 99.5 % found whole.
        QVERIFY2(missed.size() * 1000 <= all * 5, qPrintable(QString::number(missed.size()) + " of " +
                                                             QString::number(all) + ": " + missed.join(' ')));
    }

    void finds_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* rule, const char* text, const char* expected) {
            QTest::newRow(rule) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("number of the era", "生年月日 3-45.02.01", "BIRTH_DATE=3-45.02.01");
        row("rest of a name", "氏名：小鳥遊ひより 様", "PATIENT_NAME=小鳥遊ひより");
        row("name of one letter with a given name", "担当医 王 建国\n", "CLINICIAN_NAME=王 建国");
        row("relative before the name", "同意者：妹 高橋 美咲", "FAMILY_NAME=高橋 美咲");
        row("instruction is no value", "生年月日(和暦)：S45.2.1", "BIRTH_DATE=S45.2.1");
        row("number of the next field", "3. 旅券： TZ0234567　4. 基礎年金番号： 1234-567890",
            "PASSPORT_NO=TZ0234567;PENSION_NO=1234-567890");
        row("marked sex", "性別 男・(女)", "SEX=男;SEX=女");
        row("chosen sex", "性別 □男 ☑女", "SEX=女");
        row("chosen sex in Latin letters", "Age: 36 Sex: □M ☑F", "AGE=36;SEX=F");
        row("day with the number of its era", "健診日: 5-06.05.30", "DATE=5-06.05.30");
        row("day behind an instruction", "署名日（西暦）2024 / 07 / 19", "DATE=2024 / 07 / 19");
        row("key word with の", "診察券の番号：70 5512／手首バンド照合", "CHART_NO=70 5512");
        row("chosen sex without a key word", "生年月日　平 7. 10. 2　　☑男・□女",
            "BIRTH_DATE=平 7. 10. 2;SEX=男");
        row("name in pieces", "ふりがな\tたかなし ふさ\n", "PATIENT_NAME=たかなし ふさ");
        row("name in two scripts", "氏名：加賀美 Daniel　職業：調理師",
            "PATIENT_NAME=加賀美 Daniel;OCCUPATION=調理師");
        row("line of fields is no heading",
            "申込者氏名\t小鳥遊 誠一郎\t続柄\t長男\n入所者氏名\t小鳥遊 ふさ\n",
            "PATIENT_NAME=小鳥遊 誠一郎;PATIENT_NAME=小鳥遊 ふさ");
        row("table with DICOM keywords",
            "PatientID\tPatientName\tPatientBirthDate\tPatientSex\tAccessionNumber\tModality\n"
            "00093341\tKUROIWA^TAKUMI\t19840229\tM\t2406110023\tCT\n",
            "CHART_NO=00093341;PATIENT_NAME=KUROIWA^TAKUMI;BIRTH_DATE=19840229;SEX=M;EXAM_ID=2406110023");
        row("aligned columns with a gap",
            "ID        氏名            性  生年月日     病室\n30021     上妻 仙蔵       男  S07.01.18    "
            "501\n"
            "(空床)                                 505\n30133     渡邉 邦衛       男  S22.02.28    506\n",
            "CHART_NO=30021;PATIENT_NAME=上妻 "
            "仙蔵;SEX=男;BIRTH_DATE=S07.01.18;CHART_NO=30133;PATIENT_NAME=渡邉 邦衛;"
            "SEX=男;BIRTH_DATE=S22.02.28");
        row("quoted heading",
            "\"患者ID\",\"氏名\",\"性別\",\"年齢\"\n\"550013\",\"鴨池 ハヤト\",\"男\",\"26\"\n",
            "CHART_NO=550013;PATIENT_NAME=鴨池 ハヤト;SEX=男;AGE=26");
        row("cells of a table", "氏名,性別,生年月日\n小鳥遊ひより,■女,3450201\n",
            "PATIENT_NAME=小鳥遊ひより;SEX=女;BIRTH_DATE=3450201");
        row("table with CR LF", "患者番号,氏名,生年月日\r\n10477,樺山 トミ,S11.4.26\r\n10478,林,S12.5.7\r\n",
            "CHART_NO=10477;PATIENT_NAME=樺山 "
            "トミ;BIRTH_DATE=S11.4.26;CHART_NO=10478;PATIENT_NAME=林;BIRTH_DATE=S12.5.7");
        row("table of numbers and telephones", "カルテ番号|電話|量\n66316|0123-4567|5\n",
            "CHART_NO=66316;PHONE=0123-4567");
    }
    void finds() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(labelled(text, m_detector->detect(text.toStdString(), {})), expected);
    }

    void leavesAlone_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"検体: 血清 2 本",     "採取部位 No. 3 胃角", "陽性: 5",
                                 "主治医: 同上",        "担当者: 夜勤",        "職場: 復帰を検討",
                                 "病理: Group 5 tub1",  "受付: 10:30",         "電話: 2回あり",
                                 "連絡先: なし",        "麻酔科医: 全身麻酔",  "自宅: 一人暮らし",
                                 "施設: 入所待ち",      "所属: 未定",          "記録者: 看護部",
                                 "患者: 倦怠感あり",    "本人: 帰りたい",      "家族: 同意済み",
                                 "投与番号: 12",        "登録番号: 該当なし",  "ID: 感染症内科に相談",
                                 "成人：1日3回 毎食後", "紹介先: 検討中",      "保険: 3割",
                                 "介護保険: 要介護2",   "前医: 抗菌薬投与",    "氏名: 記載なし",
                                 "検査者: 技師2名",     "カード: あり",        "住所: 県外",
                                 "年齢: 不詳",          "性: 積極的",          "学歴: 高校卒",
                                 "出生: 38週2日 3050g", "病院名: 当院",        "助手: 2名",
                                 "立会人: 妻",          "通訳: 必要"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }
    void leavesAlone() {
        QFETCH(QString, text);
        QCOMPARE(labelled(text, m_detector->detect(text.toStdString(), {})), QString());
    }

    /// Long lines of one kind are read in time that grows with them: were it squared, the function would run
    /// into its limit.
    void longLines_data() {
        QTest::addColumn<QString>("piece");
        QTest::newRow("figures") << QStringLiteral("1 ");
        QTest::newRow("figures of several digits") << QStringLiteral("12,3-4 ");
        QTest::newRow("key words") << QString::fromUtf8("氏名：");
        QTest::newRow("key words in their lines") << QString::fromUtf8("氏名\n");
        QTest::newRow("choices") << QString::fromUtf8("☑男・□女");
        QTest::newRow("instructions") << QString::fromUtf8("生年月日(和暦)：3 ");
    }
    void longLines() {
        QFETCH(QString, piece);
        constexpr qsizetype kCharacters = 300'000;
        const QString text = piece.repeated(kCharacters / piece.size());
        for (const Span& span : m_detector->detect(text.toStdString(), {})) {
            QVERIFY(span.start < span.end && span.end <= text.size());
        }
    }

    /// What is told by its place alone is shown as what is less sure.
    void isOfTheSecondStrength() {
        const auto spans = m_detector->detect("生年月日 3450201", {});
        QCOMPARE(spans.size(), std::size_t{1});
        QCOMPARE(spans.front().source, std::string("structure.field"));
        QVERIFY(spans.front().confidence < 0.5);
    }

private:
    std::shared_ptr<const TextDetector> m_detector;
};

QTEST_APPLESS_MAIN(TestTextFields)
#include "TestTextFields.moc"

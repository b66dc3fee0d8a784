#include <QTest>

#include <algorithm>

#include "core/detect/text/TextDetector.h"
#include "tests/core/detect/text/Labelled.h"

using namespace kamei::detect::text;

namespace {

bool isPlaceOrOrganisation(Label label) {
    return label == Label::Facility || label == Label::Organization || label == Label::Municipality ||
           label == Label::Address;
}

} // namespace

// Names of facilities, organisations and places without a full suffix: what the rules find, and what stands
// near to it and is none. What the model adds is tested elsewhere.
class TestTextPlaces : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        auto detector = TextDetector::shared();
        QVERIFY(detector.has_value());
        m_detector = *detector;
    }

    void finds_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* rule, const char* text, const char* label, const char* expected) {
            QTest::newRow(rule) << QString::fromUtf8(text) << QString::fromUtf8(label)
                                << QString::fromUtf8(expected);
        };
        row("facility: kind before a blank", "訪問看護ステーション なしの木", "FACILITY",
            "訪問看護ステーション なしの木");
        row("facility: kind cut short", "訪看つむぎへ連絡", "FACILITY", "訪看つむぎ");
        row("facility: name that ends like a particle", "包括みさと 仁科", "FACILITY", "包括みさと");
        row("facility: specialty cut short", "守礼坂循環器満床", "FACILITY", "守礼坂循環器");
        row("facility: one letter", "大和橋診から電話", "FACILITY", "大和橋診");
        row("facility: before a doctor", "岐山循環器土岐医師に電話", "FACILITY", "岐山循環器");
        row("facility: where one is treated", "讃岐中央にて治療中", "FACILITY", "讃岐中央");
        row("facility: candidates", "退院先候補 はぐくみ、いろり、まほろば苑", "FACILITY", "いろり");
        row("facility: candidate like a place", "転院候補:ひびき野、清流の郷", "FACILITY", "ひびき野");
        row("facility: behind a cue", "紹介元は四条からすまの木子医師", "FACILITY", "四条からすま");
        row("facility: its head", "ラベンダーへ。オアシス施設長の話", "FACILITY", "オアシス");
        row("facility: municipal", "紹介元 市立はしばみ病院", "FACILITY", "市立はしばみ病院");
        row("facility: compound name", "うつのみや耳鼻咽喉科気管食道科", "FACILITY",
            "うつのみや耳鼻咽喉科気管食道科");
        row("facility: branch", "さくま薬局 岩沼の処方箋", "FACILITY", "さくま薬局 岩沼");
        row("facility: spoken of without its suffix", "こもれび台病院から転院。こもれび台の看護師へ電話",
            "FACILITY", "こもれび台");
        row("facility: in English", "Seen at Hida Travel Clinic on Monday", "FACILITY", "Hida Travel Clinic");
        row("school: class behind", "保健室 三の丸小 4-1", "ORGANIZATION", "三の丸小");
        row("school: year behind", "岸南工3年", "ORGANIZATION", "岸南工");
        row("boat", "第三十八海洋丸の船員", "ORGANIZATION", "第三十八海洋丸");
        row("office: police", "佐倉警察の担当より", "ORGANIZATION", "佐倉警察");
        row("company: behind its kind", "会社みはら青果の同僚", "ORGANIZATION", "みはら青果");
        row("company: behind a cue", "業者:ウェルシステムズ", "ORGANIZATION", "ウェルシステムズ");
        row("municipality: where one lives", "長女は今治在住", "MUNICIPALITY", "今治");
        row("municipality: of a relative", "東京の次女へ電話", "MUNICIPALITY", "東京");
        row("municipality: where one comes from", "常陸太田から転居", "MUNICIPALITY", "常陸太田");
        row("municipality: of a facility", "鴨川のみどり眼科より", "MUNICIPALITY", "鴨川");
        row("municipality: ward alone", "送迎は安佐南区まで", "MUNICIPALITY", "安佐南区");
        row("municipality: where something lies", "大分の府内ハートセンター", "MUNICIPALITY", "大分");
        row("municipality: where one went", "常陸太田へ移り住む", "MUNICIPALITY", "常陸太田");
        row("facility: katakana and a place", "リプロサポート神戸へ紹介", "FACILITY", "リプロサポート神戸");
        row("facility: one letter for a name", "ケアタウン蒼 御中", "FACILITY", "ケアタウン蒼");
        row("facility: two clipped words", "託田腎クリへ次回", "FACILITY", "託田腎クリ");
        row("facility: behind a clause", "対応できかねますので市島いこいの家へ", "FACILITY",
            "市島いこいの家");
        row("facility: branch of a name", "芝中央整形外科を受診", "FACILITY", "芝中央整形外科");
        row("facility: cue without a mark", "入院先うるま白浜、期間は未定", "FACILITY", "うるま白浜");
        row("school: municipal", "日高村立日下小。", "ORGANIZATION", "日高村立日下小");
        row("company: somebody of it", "白妙リースの蓼沼様", "ORGANIZATION", "白妙リース");
        row("address: town without municipality", "訪問 末広町二丁目104-7 すえひろ荘", "ADDRESS",
            "末広町二丁目104-7 すえひろ荘");
        row("address: beside the lot", "木更津市江川1990番地先の堤防", "ADDRESS", "木更津市江川1990番地先");
        row("address: lot in kanji", "橿原市内膳町三丁目一〇四-二", "ADDRESS", "橿原市内膳町三丁目一〇四-二");
        row("address: no lot", "早川町湯島番外地", "ADDRESS", "早川町湯島番外地");
        row("address: romanised", "of 1099-5 Shirakawa-cho, Takayama, Gifu by car", "ADDRESS",
            "1099-5 Shirakawa-cho, Takayama, Gifu");
    }
    void finds() {
        QFETCH(QString, text);
        QFETCH(QString, label);
        QFETCH(QString, expected);
        const QStringList found = labelled(text, m_detector->detect(text.toStdString(), {})).split(';');
        QVERIFY2(found.contains(label + "=" + expected), qPrintable(found.join(';')));
    }

    void leavesAlone_data() {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* rule, const char* text) {
            QTest::newRow(rule) << QString::fromUtf8(text);
        };
        row("facilities in general", "近医より紹介、他院へ転院、施設へ入所、会社へ連絡");
        row("departments", "耳鼻科併診。呼吸器内科へ転科。整形外科に紹介");
        row("words of care", "急性腎不全に透析。更生医療の申請、総義歯、ICU回診");
        row("prophylaxis", "高山病予防にアセタゾラミド");
        row("agents and groups behind a cue", "透析: Hb 9.8、Aチームへ移管");
        row("methods one moves to", "メインテナンスへ移行予定");
        row("signs", "オルトラニ、バーロー、アリス徴候、スーパーフロス");
        row("clips", "クリッピング術、バイクリルで縫合");
        row("departments in English", "refer to Pain Clinic or Cardiac Rehab");
        row("rooms", "角部屋へ移り、家屋調査へ");
        row("words that are towns too", "みどりの森を散歩、さくらの花");
        row("signs named for places", "川崎病の既往、大阪弁で話す");
        row("no destination yet", "転院先未定、紹介元不明、前医で施行");
        row("drugs beside others", "ブコローム併用、カテーテル透析");
        row("this one", "患者様へは当薬局から連絡、CTで両側すりガラス影");
        row("woods", "公園で森を散歩し、海を見る");
        row("numbers that are no lots", "血圧は120-80、体温36-37度、第3病日2-3回");
        row("what was before", "1990番の検体、先生へ");
    }
    void leavesAlone() {
        QFETCH(QString, text);
        QStringList found;
        for (const Span& span : m_detector->detect(text.toStdString(), {})) {
            if (isPlaceOrOrganisation(span.label) && !span.source.starts_with("model.")) {
                found << slice(text, span) + " " + QString::fromStdString(span.source);
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(';')));
    }

private:
    std::shared_ptr<const TextDetector> m_detector;
};

QTEST_GUILESS_MAIN(TestTextPlaces)
#include "TestTextPlaces.moc"

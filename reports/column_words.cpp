#include "reports/column_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/utf8.h"

namespace yekun {
namespace {

/// The words that suggest a hint, separated by spaces. "=" before a word: the whole word; else its beginning.
struct Words {
  Hint hint;
  std::string_view words;
};

constexpr std::array<Words, 29> kWords{{
    {Hint::person,
     "person beneficiar client participant =member =members member_id =people patient recipient trainee respondent "
     "worker specialist educator "
     "şəxs =üzv iştirakçı benefisiar işçi участник клиент получател бенефициар слушател специалист =лицо "
     "წევრ მონაწილ ბენეფიციარ =პირი მუშაკ gatnaşyjy =agza hünärmen peýdalanyjy"},
    {Hint::identifier, "=id =code =no =nr =number =uuid =key №  kod nömrə код =номер კოდ ნომერი =belgi belgisi"},
    {Hint::name,
     "=name =surname =firstname =lastname fullname =ad =adı =soyad soyadı фамилия =имя =фио სახელი გვარი "
     "=ady familiýa"},
    {Hint::contact,
     "phone =tel mobile =email e-mail =mail =address passport =pin =fin =ssn ünvan telefon pasport адрес телефон "
     "паспорт инн почта მისამართ ტელეფონ პირადი ელფოსტა salgy"},
    {Hint::birth, "birth born =dob doğum dogum рожд დაბადებ doglan"},
    {Hint::age, "=age =yaş =yaşı возраст ასაკი =ýaş =ýaşy"},
    {Hint::sex, "=sex =gender =cins =cinsi =пол სქესი =jynsy =jyns"},
    {Hint::place,
     "region district city town village province municipality admin1 admin2 adm1 adm2 zone woreda governorate "
     "bundesland =centre =center =site facility =school =home mərkəz müəssisə məktəb центр учрежден школ ცენტრ სკოლ "
     "დაწესებულ merkez mekdep "
     "velayat велаят этрап welaýat etrap şəhər rayon bölgə регион район область город село რეგიონ მუნიციპალიტეტ ქალაქი "
     "სოფელი şäher "
     "oba"},
    {Hint::coordinates, "latitude longitude =lat =lon =lng =gps geopoint geolocation enlik uzunluq широта долгота"},
    {Hint::date, "date =day =datum =when tarix =дата თარიღ sene =held =month"},
    {Hint::start, "admit admission entered enrolled joined started =start arrival qəbul поступ принят შემოსვლ kabul"},
    {Hint::end, "discharg exit =left left_on ended =end departure closed çıxış çıxarıl выбыт выписк გასვლ çykan bitmə"},
    {Hint::assessed, "assess qiymətləndir оценк შეფასებ bahalandyr"},
    {Hint::planned, "=plan planned plan_on план გეგმ meýilnama"},
    {Hint::served, "=service served service_on xidmət услуг მომსახურებ hyzmat"},
    {Hint::technical, "submission submitted =_submission_time uploaded version _version formhub instanceid deviceid"},
    {Hint::year, "=year =il =год წელი =ýyl"},
    {Hint::residents, "resident occupied belegt sakin проживающ მაცხოვრებ ýaşaýan"},
    {Hint::capacity, "capacity =beds =places tutum yer_sayı вместимость =мест ტევადობ"},
    {Hint::stock,
     "resident capacity =beds =places occupied stock balance inneed =need population frei belegt aktuell sakin qalıq "
     "остаток население ნაშთ мест"},
    {Hint::ordinal,
     "priority =level =rank class category stage phase =round =week quarter =type =il =rüb həftə недел ранг"},
    {Hint::fresh, "=new newly first erst incoming yeni новы впервые ახალ täze"},
    {Hint::average,
     "rate percent percentage share score grade =mark rating average mean ratio =age price useful clear faiz bal "
     "qiymət "
     "процент доля посещаемост =% დასწრება davamiyyət балл оценка возраст ქულა პროცენტ ასაკი göterim =ýaş =yaş =yaşı "
     "saat_başı"},
    {Hint::people,
     "women =men girls boys people persons reached affected target children adults individuals displaced beneficiar "
     "ბენეფიციარ benefisiar бенефициар "
     "participant residents inneed qadın kişi uşaq nəfər женщин мужчин дет людей человек ქალ კაც ბავშვ zenan erkek "
     "çaga"},
    {Hint::attended, "attend present iştirak присут დაესწრ დასწრ gatnaşdy gatnaşyk"},
    {Hint::completed, "complet finish passed bitirdi tamamla закончил завершил დაასრულ tamamlady certificate"},
    {Hint::before, "before pretest =pre əvvəl =до მანამდე öň =giriş"},
    {Hint::after, "after posttest =post sonra после შემდეგ soň =çıxış"},
    {Hint::remark, "remark comment =note =notes =qeyd qeydlər izah примечан комментар შენიშვნ კომენტარ bellik"},
}};

constexpr std::string_view kAttended =
    "+ present attended late yes gec gijä опозд დააგვ iştirak присут был была დიახ დაესწრო hawa gatnaşdy online onlaýn";

/// Lower case; İ becomes a plain i.
std::string folded(std::string_view text) {
  std::string out = lower(clean(text));
  for (auto at = out.find("\u0307"); at != std::string::npos; at = out.find("\u0307")) out.erase(at, 2);
  return out;
}

std::vector<std::string_view> split_words(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    auto const end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool suggests(std::string_view word, std::string_view pattern) {
  if (pattern.starts_with('=')) return word == pattern.substr(1);
  return word.starts_with(pattern);
}

}  // namespace

std::set<Hint> hints_of(std::string_view heading) {
  std::string const text = folded(heading);
  auto words = split_words(text, " _-/.,:;()[]#+");
  for (auto const group : split_words(text, " /.,:;()[]#")) words.push_back(group);  // "left_on", "e-mail"
  std::set<Hint> out;
  for (auto const word : words)
    if (word.size() > 4 && word.ends_with("code")) out.insert(Hint::identifier);  // "admin1Pcode"
  for (auto const& [hint, patterns] : kWords)
    for (auto const pattern : split_words(patterns, " "))
      if (std::any_of(words.begin(), words.end(), [&](auto const word) { return suggests(word, pattern); }))
        out.insert(hint);
  return out;
}

bool is_english(std::string_view heading) {
  static constexpr std::string_view kWords =
      "date day month year name sex gender age of and the number start end before after completed participant people "
      "village district status service services hours score place population children women men type session visit "
      "target reached affected";
  std::string const text = folded(heading);
  auto const english = split_words(kWords, " ");
  auto const words = split_words(text, " _-/.,:;()[]#+?");
  return std::any_of(words.begin(), words.end(),
                     [&](auto const word) { return std::find(english.begin(), english.end(), word) != english.end(); });
}

bool names_a_total(std::string_view heading) {
  static constexpr std::string_view kWords = "total overall cəmi ümumi სულ итого всего jemi";
  auto const totals = split_words(kWords, " ");
  std::string const text = folded(heading);
  auto const words = split_words(text, " _-/.,:;()[]#");
  return std::any_of(words.begin(), words.end(),
                     [&](auto const word) { return std::find(totals.begin(), totals.end(), word) != totals.end(); });
}

std::string_view currency_in(std::string_view heading) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kNames{{{"azn", "AZN"},
                                                                                         {"₼", "AZN"},
                                                                                         {"gel", "GEL"},
                                                                                         {"₾", "GEL"},
                                                                                         {"ლარი", "GEL"},
                                                                                         {"ლარში", "GEL"},
                                                                                         {"лари", "GEL"},
                                                                                         {"tmt", "TMT"},
                                                                                         {"usd", "USD"},
                                                                                         {"$", "USD"},
                                                                                         {"dollars", "USD"},
                                                                                         {"eur", "EUR"},
                                                                                         {"euro", "EUR"},
                                                                                         {"€", "EUR"},
                                                                                         {"rub", "RUB"},
                                                                                         {"руб", "RUB"}}};
  std::string const text = folded(heading);
  for (auto const word : split_words(text, " _-/.,:;()[]"))
    for (auto const& [name, code] : kNames)
      if (word == name) return code;
  return {};
}

bool means_attended(std::string_view value) {
  std::string const text = folded(value);
  auto const patterns = split_words(kAttended, " ");
  return std::any_of(patterns.begin(), patterns.end(), [&](auto const word) { return text.starts_with(word); });
}

}  // namespace yekun

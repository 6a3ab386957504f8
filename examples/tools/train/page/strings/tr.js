/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every word of the page in Turkish; keys as in en.js. */

const TR = {
  title: 'Mikro ifade eğitimi',
  language: 'Dil',
  'theme.auto': 'Otomatik',
  'theme.light': 'Açık',
  'theme.dark': 'Koyu',
  'theme.label': 'Renkler: {theme}',
  'nav.label': 'Sayfalar',
  'nav.home': 'Kurs',
  'nav.lessons': 'Dersler',
  'nav.results': 'Sonuçlar',
  'nav.evidence': 'Ne kazandırır',
  'nav.key': 'Cevap anahtarı',
  'nav.class': 'Sınıf tablosu',
  skip: 'İçeriğe geç',

  happiness: 'mutluluk',
  sadness: 'üzüntü',
  anger: 'öfke',
  fear: 'korku',
  disgust: 'tiksinti',
  surprise: 'şaşkınlık',
  contempt: 'küçümseme',
  neutral: 'nötr',
  other: 'başka',
  nothing: 'hiçbir şey',
  full: 'tam ifade',
  subtle: 'hafif',
  both: 'iki yanda',
  left: 'kişinin solunda',
  right: 'kişinin sağında',

  AU1: 'kaşın iç ucu kalkık',
  AU2: 'kaşın dış ucu kalkık',
  AU4: 'kaşlar inik ve birbirine yaklaşmış',
  AU5: 'üst göz kapağı kalkık',
  AU6: 'yanak kalkık',
  AU7: 'göz kapakları gergin',
  AU9: 'burun kırışık',
  AU10: 'üst dudak kalkık',
  AU12: 'dudak köşesi yukarı çekilmiş',
  AU14: 'dudak köşesi gerilip içeri çekilmiş',
  AU15: 'dudak köşesi aşağı çekilmiş',
  AU17: 'çene kalkık',
  AU20: 'dudaklar yana gerilmiş',
  AU23: 'dudaklar sıkılmış',
  AU24: 'dudaklar birbirine bastırılmış',
  AU26: 'alt çene düşük',

  'home.intro':
    'Duran bir yüz saniyenin 1/25’i ile 1/2’si arasında bir süre hareket eder. Bu hareket alışılmış olarak hangi duygu diye okunur? ' +
    'Bu kurs bunu ne kadar iyi tanıdığınızı ölçer, neye bakılacağını gösterir, alıştırma yaptırır ve ' +
    'görmediğiniz yüzlerle yeniden ölçer.',
  'home.synthetic':
    'Bütün ifadeler yapaydır: fotoğraf yüzler tam olarak bilinen miktarlarda hareket ettirilir. Bunlardaki beceri ' +
    'bu tür resimlerdeki beceridir; yalanı ortaya çıkarmaz.',
  'home.steps': 'Kurs',
  'home.pre': 'Ön test',
  'home.pre.what': '{n} soru, yaklaşık {minutes} dakika, geri bildirim yok',
  'home.lessons': 'Dersler',
  'home.lessons.what':
    '{of} duygu: ne hareket eder, nereye bakılır, neyle karıştırılır; {of} dersten {seen} tanesi görüldü',
  'home.practice': 'Alıştırma',
  'home.practice.what':
    'geri bildirimli; yaklaşık dörtte üçünü doğru bilene kadar hızlanır; {n} yapıldı, en az {least}',
  'home.post': 'Son test',
  'home.post.what': 'başka yüzlerle {n} soru, geri bildirim yok',
  'home.results': 'Sonuçlar',
  'home.results.what': 'duyguya ve süreye göre, karıştırmalar, önce ve sonra',
  'home.start': 'Başla',
  'home.continue': 'Devam et',
  'home.open': 'Aç',
  'home.more': 'Daha çok',
  'home.locked': 'sonra',
  'home.done': 'tamam',
  'home.person': 'Öğrenen kişinin kodu',
  'home.learner': 'Öğrenen',
  'home.learner.one': '{who}: {n} cevap',
  'home.learner.unnamed': 'kişi {n}',
  'home.learner.add': 'Başka bir kişi',
  'home.learner.remove': 'Bu kişiyi kaldır',
  'home.data': 'Sonuçlarınız',
  'home.data.what':
    'Bu tarayıcıda kalırlar. Saklamak ya da teslim etmek için dışa aktarın; JSON olarak aktarılan bir dosyayla ' +
    'aynı sayfanın bulunduğu her bilgisayarda devam edilir.',
  'home.json': 'JSON dışa aktar',
  'home.csv': 'CSV dışa aktar',
  'home.import': 'JSON içe aktar ...',
  'home.file': 'Sonuç dosyası',
  'home.reset': 'Baştan başla',
  'home.reset.question': 'Bu, {who} için kayıtlı {n} cevabın hepsini bu tarayıcıdan siler. Emin misiniz?',
  'home.reset.yes': 'Sil',
  'home.reset.no': 'Sakla',
  'home.display': 'Ekranınız',
  'home.keys':
    'Klavye yeterlidir: gezinmek için Tab ve Enter, ilerlemek için boşluk, cevaplamak için 1 ile {n} arası, durdurmak için Esc.',
  'home.faces':
    'Yüzlerin her biri birkaç kişiden birleştirilmiştir ve kimsenin portresi değildir; Face Research Lab London Set’ten ' +
    '(DeBruine & Jones 2017, doi 10.6084/m9.figshare.5047666.v5) değiştirilerek yapılmıştır, CC BY 4.0.',
  'home.photos':
    'Yüzler bu sayfayı yapanın seçtiği fotoğraflardır; sayfaya o fotoğraflara davrandığınız gibi davranın.',

  'display.measuring': 'Ne sıklıkta yeni resim gösterdiği ölçülüyor ...',
  'display.rate':
    'Saniyede {rate} resim gösterir, her {period} ms’de bir; {ms} ms’lik bir ifade {shown} ms gösterilir.',
  'display.slow':
    'Bu ekran {ms} ms gösteremez: saniyede {rate} resimle bir tane görünür ya da hiç görünmez. {least} ms ve daha uzun ' +
    'ifadeler uygundur; daha kısaları için saniyede 50 ya da daha çok resim gösteren bir ekran kullanın.',
  'display.uneven':
    'Resimler düzensiz geliyor: %{part} geç kaldı. Başka programları ve sayfaları kapatın, bilgisayarı prize takın ve yeniden ölçün.',
  'display.again': 'Yeniden ölç',

  'trial.pre': 'Ön test',
  'trial.practice': 'Alıştırma',
  'trial.post': 'Son test',
  'trial.how':
    'Yüze bakın. Bir saniye durur, kısaca hareket edebilir, sonra yine durur. Ardından ne gördüğünüzü söyleyin. ' +
    'Bazı yüzler hiç hareket etmez: bu “nötr”dür.',
  'trial.guess': 'Emin değilseniz en iyi tahmininizi yapın.',
  'trial.begin': 'Başla',
  'trial.next': 'İleri',
  'trial.go': 'Devam et',
  'trial.stop': 'Kursa dön',
  'trial.space': 'Boşluk',
  'trial.face': 'Bir yüz',
  'trial.progress': '{n} / {of}',
  'trial.watch': 'Bakın ...',
  'trial.ask': 'Neydi?',
  'trial.answers': 'Cevaplar',
  'trial.right': 'Doğru: {emotion}.',
  'trial.wrong': '{answer} değil, {emotion} idi.',
  'trial.what': 'Hareket eden: {units} ({side}), {shown} ms.',
  'trial.still': 'Hiçbir şey hareket etmedi.',
  'trial.replay': 'Yeniden izle',
  'trial.slowly': 'Yavaş',
  'trial.paused': 'Durduruldu. Yarım kalan soru yeniden gelecek.',
  'trial.hidden': 'Sayfa görünmüyordu. Yarım kalan soru yeniden gelecek.',
  'trial.late': 'Ekranınız takıldı: soru {ms} ms yerine {shown} ms gösterildi. Yeniden gelecek.',
  'trial.done.pre': 'Ön test bitti. Sırada dersler var.',
  'trial.done.practice': 'Bir alıştırma turu bitti.',
  'trial.done.post': 'Kurs bitti. Sonuçlarınız burada.',
  'trial.speed': 'İfadeler artık {ms} ms sürüyor.',

  'lesson.choose': 'Duygu',
  'lesson.face': 'Yüz',
  'lesson.faceN': 'Yüz {n}',
  'lesson.moves': 'Ne hareket eder',
  'lesson.side': 'Tek yanlı: {side}.',
  'lesson.look': 'Nereye bakılır',
  'lesson.confused': 'Neyle karıştırılır',
  'lesson.play': 'Oynat',
  'lesson.speed': 'Hız',
  'lesson.speed.1': 'kendi hızında (1/2 s)',
  'lesson.speed.4': 'hızın 1/4’ü',
  'lesson.speed.10': 'hızın 1/10’u',
  'lesson.step': 'Duruştan doruğa',
  'lesson.moving': 'İfade hareket hâlinde',
  'lesson.onset': 'Başlangıç: duruyor',
  'lesson.apex': 'Doruk: en güçlü',
  'lesson.arrows': 'Oklar: microexpr’ın ölçtüğü, başlangıçtan beri olan hareket, {gain} kat uzun.',
  'lesson.hide': 'Okları gizle',
  'lesson.show': 'Okları göster',
  'lesson.next': 'Sıradaki: {emotion}',
  'lesson.practise': 'Alıştırmaya geç',
  'look.happiness':
    'Dudak köşeleri yukarı ve dışa gider; tam bir gülümsemede yanaklar kalkar ve gözleri alttan daraltır. Ağız yeterlidir.',
  'look.sadness':
    'Kaşlar birbirine yaklaşırken iç uçları yukarı gider, böylece eğik dururlar; dudak köşeleri aşağı iner, çene yukarı itilebilir. Önce kaşların arasına bakın.',
  'look.anger':
    'Kaşlar aşağı ve birbirine doğru gider, göz kapakları gerilir, dudaklar incelir ya da birbirine bastırılır. Kaşların arasına, sonra dudaklara bakın.',
  'look.fear':
    'Kaşlar yukarı ve birbirine doğru, neredeyse düz olarak gider; üst göz kapakları geniş açılır; dudaklar yana gerilir. Yükselmeden genişleyen dudakları arayın.',
  'look.disgust':
    'Burun kırışır ya da üst dudak kalkar ve burnun yanındaki kıvrımlar derinleşir. Buruna ve üst dudağa bakın.',
  'look.surprise':
    'Kaşların tamamı yay biçiminde kalkar, üst göz kapakları kalkar, alt çene gevşekçe düşebilir. Kaşların dış uçlarına bakın.',
  'look.contempt':
    'Bir dudak köşesi gerilir ve içeri çekilir, çoğu kez yanında bir gamze belirir; biraz da kalkabilir. İki köşeyi karşılaştırın: yalnız biri hareket eder.',
  'confused.happiness':
    'Yalnız ağız görüldüğünde korkuyla: gerilen dudaklar yana gider, gülümseyenler yukarı da gider.',
  'confused.sadness':
    'Korku ve şaşkınlıkla: onlarda kaşın dış ucu da kalkar. Öfkeyle: onda kaşın iç ucu yukarı değil aşağı gider.',
  'confused.anger':
    'Tiksintiyle: ikisi de kaşları indirir, ama öfkede burun ve üst dudak durur. Dudaklar bastırıldığında üzüntüyle.',
  'confused.fear':
    'En çok şaşkınlıkla: korkuda kaşlar kalkarken birbirine yaklaşır ve dudaklar gerilir. Üzüntüyle: onda kaşın dış ucu yerinde kalır.',
  'confused.disgust':
    'Öfkeyle: burnun kırışıp kırışmadığına ya da üst dudağın kalkıp kalkmadığına bakın; öfkede ikisi de olmaz.',
  'confused.surprise':
    'Korkuyla: şaşkınlıkta kaşlar birbirine yaklaşmadan yay biçiminde kalkar ve dudaklar gevşektir.',
  'confused.contempt':
    'Mutlulukla: gülümseme iki köşeyi de kaldırır. Burada tek köşe hareket eder ve kalkmaktan çok gerilir.',

  mistakes: 'Hatalar',
  'mistakes.none': 'Henüz bakılacak bir hata yok.',
  'mistakes.tests': 'Testlerdeki hatalar ikinci testten sonra gösterilir.',
  'mistakes.next': 'Sonraki',
  'mistakes.previous': 'Önceki',

  'results.none': 'Henüz cevap yok.',
  'results.overall': 'Doğru cevaplar',
  'results.which': 'hangisi',
  'results.right': 'doğru',
  'results.of': 'toplam',
  'results.share': 'oran',
  'results.interval': '% 95 aralığı',
  'results.pre': 'ön test',
  'results.practice': 'alıştırma',
  'results.post': 'son test',
  'results.difference': 'Önceden sonraya: {points} yüzde puanı (% 95 aralığı {low} ile {high} arası).',
  'results.points': '{points} ({low} ile {high} arası)',
  'results.compatible': 'Aralık sıfırı içeriyor: bu, hiç değişme olmamasıyla da uyuşur.',
  'results.clear': 'Aralık sıfırı içermiyor.',
  'results.chance': '{n} cevap arasından tahmin eden, soruların {share} kadarında doğru bilir.',
  'results.threshold': 'Alıştırmanın sonunda {ms} ms’de yaklaşık dörtte üçünü doğru bildiniz.',
  'results.threshold.early':
    'Alıştırmada {least} cevaptan sonra, dörtte üçünü doğru bildiğiniz süre burada yazar.',
  'results.emotion': 'Duyguya göre',
  'results.duration': 'Gerçekten gösterilen süreye göre',
  'results.bin': '{low} – {high} ms',
  'results.confusion': 'Karıştırmalar',
  'results.rows': 'Satırlar: gösterilen. Sütunlar: cevaplanan.',
  'results.shown': 'gösterilen',
  'results.phase': 'Cevapların kaynağı',
  'results.timing': 'Zamanlama',
  'results.timing.what':
    '{n} soru, ekranın bir resmi kadar bir farkla istenen süre boyunca gösterildi; {late} soruda bu olmadı.',
  'results.intervals':
    'Oranların aralıkları Wilson’a, farkın aralığı Newcombe’a göredir; sorular birbirinden bağımsız sayılır.',

  'class.what':
    'Öğretmenler için: öğrenenlerin tam bu sayfadan dışa aktardığı JSON dosyalarını seçin. Her biri bir satır olur; hiçbir şey saklanmaz ya da gönderilmez.',
  'class.files': 'Aktarılan dosyalar',
  'class.person': 'kişi',
  'class.pre': 'ilk test',
  'class.post': 'ikinci test',
  'class.difference': 'fark, puan (% 95 aralığı)',
  'class.practice': 'alıştırma cevabı',
  'class.threshold': 'dörtte üçü doğru',
  'class.lessons': 'ders',
  'class.late': 'gecikmiş',
  'class.all': '{n} kişinin hepsi',
  'class.unnamed': 'kodsuz',
  'class.note':
    '“Gecikmiş” olanlar, süresi kadar gösterilmeyen sorulardır. Hepsi satırı cevapları tek bir kişi vermiş gibi birleştirir; eğitim almamış kişilerle bir karşılaştırma değildir.',

  'key.warning': 'Öğretenler için: bu sayfa, testlerdekiler dahil bütün cevapları söyler.',
  'key.agree':
    'Bu yapay soruların microexpr’a {of} gösteriminden (500, 250 ve 100 ms, saniyede {rate} resim) {agree} tanesi amaçlandığı gibi okundu: {share}.',
  'key.none': 'Bu sayfa --check olmadan yapıldı: microexpr’a sorulmadı.',
  'key.item': 'soru',
  'key.use': 'kullanım',
  'key.meant': 'amaçlanan',
  'key.kind': 'tür',
  'key.units': 'eylem birimleri',
  'key.side': 'yan',
  'key.found': 'bulunan, {ms} ms',
  'key.practice': 'alıştırma',
  'key.A': 'test, A biçimi',
  'key.B': 'test, B biçimi',

  'bank.damaged':
    'Bu sayfanın bir bölümü eksik: sonuna kadar kopyalanmamış ya da indirilmemiş. Yeniden edinin.',
  'store.lost': 'Bu tarayıcı hiçbir şey saklamıyor: sayfayı kapatmadan önce sonuçlarınızı dışa aktarın.',
  'store.taken': '{file} dosyasından {n} cevap alındı.',
  'store.refused': '{file} dosyasından hiçbir şey alınmadı: {why}',
  'store.json': 'JSON değil.',
  'store.other': 'içinde bu eğitimin sonuçları yok.',
  'store.bank': 'içindeki sonuçlar başka soruları olan bir sayfanın.',
  'store.damaged': 'içindeki {n} numaralı cevap bozuk.',

  'evidence.title': 'Bu eğitim ne kazandırır, ne kazandırmaz',
  'evidence.gives': 'Ne kazandırır',
  'evidence.gives.1':
    'Bu tür soruları tanımak eğitilebilir: tek bir oturum yetişkinlerde bunu artırdı ve iki üç hafta sonra eğitilenler hâlâ ötekilerden iyiydi [1]; başka bir çalışma üç ve altı hafta sonra da kazanç buldu, en çok öğretmenle, açıklamayla, alıştırmayla ve geri bildirimle [2].',
  'evidence.gives.2':
    'Eylem birimlerini öğrenirsiniz; gst-microexpr’ın bildirdiği de budur: ne, hangi yanda, ne kadar güçlü, ne zaman hareket etti.',
  'evidence.not': 'Ne kazandırmaz',
  'evidence.not.1':
    'Yalanı daha iyi yakalamayı kazandırmaz. Mikro ifadelerde eğitilenler doğruyu ve yalanı eğitilmeyenlerden daha iyi ayırt edemedi, sonuç rastlantı düzeyindeydi [3]; mikro ifadeler bir yalancıyı yakalamanın en iyi yolu değildir [4]. Seyrektirler, hiçbir şey saklamayan insanlarda da görülürler ve saklayan birçoğunda bulunmazlar [5].',
  'evidence.not.2':
    'Zihin okumayı kazandırmaz. Duygu, uzlaşımın eylem birimlerine verdiği bir addır. Bir yüz hareketi birden çok duyguyla birlikte ya da duygusuz olur ve insanlar farklıdır [6].',
  'evidence.not.3':
    'Gerçek yüzler için kanıt değildir. Bu sorular yapaydır: bir fotoğraf hareket ettirilir, ağız kapalı, baş hareketsiz kalır ve yüz size bakar. Bunlardaki becerinin, daha zayıf ve tek yanlı olan ve konuşma sırasında gelen kendiliğinden mikro ifadelere ne kadar taşındığı burada ölçülmedi.',
  'evidence.not.4':
    'İnsanlar hakkında karar vermeye uygun değildir. İşe başvuran, sınırdan geçen ya da sorgulanan kimse buna göre değerlendirilmemelidir. Havalimanlarında bu tür işaretlerle yapılan taramanın geçerliliği gösterilmiş bir dayanağı olmadığı saptandı [7].',
  'evidence.numbers': 'Sayılarınız nasıl okunur',
  'evidence.numbers.1':
    'Bir testte az soru vardır: yalnız orana değil, aralığa bakın. Kazancın bir bölümü görevin kendisine alışmaktır ve eğitilmeyen bir grup olmadan ne kadarı olduğunu kimse söyleyemez.',
  'evidence.numbers.2':
    'Ön test ile son test aynı türden ama farklı yüzler ve sorular kullanır; hangisinin önce geleceği her öğrenen için kurayla belirlenir.',
  'evidence.sources': 'Kaynaklar',
};

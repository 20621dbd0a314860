package normalize

import "strings"

// localized are the built-in messages that are in the user's language: those of Chakra in Internet
// Explorer and Edge, and what Safari says of networks, which it takes from the system. They are without
// the period at their end and without quotes around what varies, which differ from one version to another.
//
// Chakra's are those of the table of translations that Sentry collected for Internet Explorer
// (github.com/getsentry/sentry, src/sentry/data/error-locale). Safari's are descriptions of NSURLErrorDomain, as
// programs list them that take them for failures of the network, such as Expensify's (Expensify/App, src/CONST).
var localized = [...]builtin{
	{"nullish-property", "", "", []string{
		"Die Eigenschaft {property} eines undefinierten oder Nullverweises kann nicht {verb} werden",
		"No se puede {verb} la propiedad {property} de referencia nula o sin definir",
		"Impossible d’obtenir la propriété {property} d’une référence null ou non définie",
		"Impossible de définir la propriété {property} d’une référence null ou non définie",
		"Impossible de supprimer la propriété {property} d’une référence null ou non définie",
		"Impossible d'obtenir la propriété {property} d'une référence null ou non définie",
		"Impossible de définir la propriété {property} d'une référence null ou non définie",
		"Impossibile {verb} la proprietà {property} di un riferimento nullo o non definito",
		"Kan de eigenschap {property} van een niet-gedefinieerde verwijzing of een verwijzing naar een lege waarde niet {verb}",
		"Não é possível {verb} a propriedade {property} de referência indefinida ou nula",
		"Não é possível {verb} a propriedade {property} de uma referência não definida ou nula",
		"Не удалось {verb} свойство {property} ссылки, значение которой не определено или является NULL",
		"Nie można {verb} właściwości {property} dla niezdefiniowanego lub pustego odwołania",
		"Tanımsız veya boş referansın {property} özelliği {verb}",
		"无法{verb}未定义或 null 引用的属性{property}",
		"無法{verb}未定義或 Null 參考的屬性 {property}",
		"無法{verb}未定義或 null 參考的屬性 {property}",
		"정의되지 않음 또는 null 참조인 {property} 속성을 {verb} 수 없습니다",
		"未定義または NULL 参照のプロパティ {property} は{verb}できません",
		"Nelze {verb} vlastnost {property} nedefinovaného nebo nulového odkazu",
		"Nemožno {verb} vlastnosť {property} nedefinovaného odkazu alebo odkazu s hodnotou null",
		"Egenskaben {property} kan ikke {verb} for reference, der er udefineret eller null",
		"Egenskaben {property} kan ikke slettes reference, der er udefineret eller null",
		"Kan ikke {verb} egenskapen {property} når den er udefinert eller har nullreferanse",
		"Määrittämättömän tai tyhjän viittauksen ominaisuutta {property} ei voi {verb}",
		"Δεν είναι δυνατός ο ορισμός της ιδιότητας {property} με ακαθόριστη αναφορά ή αναφορά null",
		"Δεν είναι δυνατή η {verb} της ιδιότητας {property} με ακαθόριστη αναφορά ή αναφορά null",
		"تعذر {verb} الخاصية {property} لمرجع غير محدد أو فارغ",
		"לא ניתן {verb} את המאפיין {property} של הפניה לא מוגדרת או Null",
	}},
	{"nullish-property", "", "TypeError", []string{
		"{object} ist Null oder kein Objekt", "{object} es nulo o no es un objeto", "{object} a la valeur null ou n’est pas un objet", "{object} a la valeur Null ou n'est pas un objet",
		"{object} è nullo o non è un oggetto", "{object} is leeg of geen object", "{object} é nulo ou não é um objeto", "Значением {object} является NULL или это значение не является объектом",
		"{object} jest pusty lub nie jest obiektem", "{object}为 null 或不是对象", "{object} 是 null 或不是一個物件", "{object}은(는) null이거나 개체가 아닙니다",
		"{object} má hodnotu null nebo není objekt", "{object} má hodnotu null alebo nie je objekt", "{object} er null eller ikke et objekt",
		"{object} on tyhjäarvoinen, tai se ei ole objekti", "Το {object} είναι μηδενικό ή δεν είναι αντικείμενο", "{object} فارغاً أو ليس كائناً", "{object} ריק או שאינו אובייקט",
		"{object} は Null またはオブジェクトではありません",
	}},
	{"not-a-function", "", "", []string{
		"Das Objekt unterstützt die Eigenschaft oder Methode {property} nicht", "Das Objekt unterstützt diese Eigenschaft oder Methode nicht",
		"El objeto no acepta la propiedad o el método {property}", "El objeto no acepta esta propiedad o método",
		"L’objet ne gère pas la propriété ou la méthode {property}", "L'objet ne gère pas la propriété ou la méthode {property}",
		"Cet objet ne gère pas la propriété ou la méthode {property}", "Cet objet ne gère pas cette propriété ou cette méthode",
		"L'oggetto non supporta la proprietà o il metodo {property}", "Proprietà o metodo non supportati dall'oggetto",
		"De eigenschap of methode {property} wordt niet ondersteund door dit object", "Object ondersteunt de eigenschap of methode {property} niet",
		"O objeto não oferece suporte à propriedade ou ao método {property}", "O objeto não oferece suporte para a propriedade ou método {property}", "O objeto não dá suporte à propriedade ou método {property}", "O objecto não suporta a propriedade ou o método {property}", "O objeto não suporta a propriedade ou método {property}",
		"Объект не поддерживает свойство или метод {property}", "Объект не поддерживает это свойство или метод",
		"Obiekt nie obsługuje właściwości lub metody {property}", "Nesne {property} özelliğini veya metodunu desteklemiyor", "Nesne, {property} özelliğini veya yöntemini desteklemiyor",
		"对象不支持{property}属性或方法", "对象不支持此属性或方法", "物件沒有支援這個屬性或方法 {property}", "物件不支援此屬性或方法 {property}",
		"개체가 {property} 속성이나 메서드를 지원하지 않습니다", "オブジェクトは {property} プロパティまたはメソッドをサポートしていません", "オブジェクトは、{property} プロパティまたはメソッドをサポートしていません",
		"Objekt neumožňuje použití vlastnosti či metody {property}", "Objekt nepodporuje vlastnosť alebo metódu {property}", "Objektet understøtter ikke egenskaben eller metoden {property}",
		"Objektet støtter ikke egenskapen eller metoden {property}", "Objektet stöder inte egenskapen eller metoden {property}", "Objekti ei tue ominaisuutta tai menetelmää {property}", "Το αντικείμενο δεν υποστηρίζει την ιδιότητα ή μέθοδο {property}",
		"Objekt erwartet", "Funktion erwartet", "Se esperaba un objeto", "Se esperaba una función", "Objet attendu", "Fonction attendue", "Previsto oggetto", "Prevista funzione",
		"Object wordt verwacht", "Functie wordt verwacht", "Objeto esperado", "Função esperada", "Предполагается наличие объекта", "Предполагается наличие функции", "Ожидается объект", "Ожидается функция",
		"Oczekiwano obiektu", "Oczekiwano funkcji", "Nesne bekleniyor", "İşlev bekleniyor", "缺少对象", "缺少函数", "必須要有物件", "必須要有函數", "개체가 필요합니다", "함수가 필요합니다",
		"オブジェクトを指定してください", "関数を指定してください",
	}},
	{"not-a-function", "", "TypeError", []string{
		"{object} ist keine Funktion", "{object} no es una función", "{object} n’est pas une fonction", "{object} non è una funzione", "{object} is geen functie", "{object} não é uma função",
		"{object} не является функцией", "{object} nie jest funkcją", "{object} bir işlev değil", "{object}不是函数", "{object} 不是一個函數", "{object}은(는) 함수가 아닙니다", "{object} není funkce", "{object} nie je funkcia",
		"{object} er ikke en funktion", "{object} er ikke en funksjon", "{object} ei ole funktio", "Το {object} δεν είναι συνάρτηση", "{object} ليس دالة", "{object} אינו פונקציה", "{object} は関数ではありません",
	}},
	{"not-defined", "", "ReferenceError", []string{
		"{name} ist undefiniert", "{name} ist nicht definiert", "{name} no está definido", "{name} est indéfini", "{name} n’est pas défini", "{name} non è definito", "{name} non definito", "{name} is niet gedefinieerd",
		"{name} não está definido", "{name} é indefinido", "{name} não está definida", "{name} не определено", "{name} не определен", "Brak definicji {name}", "{name} jest niezdefiniowany", "{name} tanımlı değil", "{name} tanımsız",
		"{name}未定义", "{name} 未定义", "{name} 未經定義", "{name}이(가) 정의되지 않았습니다", "{name} は定義されていません", "{name} は未定義です", "Objekt {name} není definován", "Objekt {name} nie je definovaný",
		"{name} er ikke defineret", "{name} er udefinert", "{name} är odefinierad", "{name} ei ole määritetty", "Το {name} δεν έχει οριστεί", "{name} غير محدد", "{name} אינו מוגדר",
	}},
	{"before-initialisation", "", "", []string{"Verwendung vor Deklaration", "Uso antes de la declaración", "Utilisation avant la déclaration", "Utilizzo prima della dichiarazione", "Использование перед объявлением", "在声明之前使用"}},
	{"read-only", "", "TypeError", []string{
		"Die Zuordnung zu schreibgeschützten Eigenschaften ist im Strict-Modus nicht zulässig", "La asignación a propiedades de solo lectura no está permitida en modo estricto",
		"Affectation aux propriétés en lecture seule non autorisée en mode strict", "严格模式下不允许分配到只读属性",
	}},
	{"duplicate-declaration", "", "", []string{"Let/Const 다시 선언", "Let/Const-Neudeklaration", "Redéclaration Let/Const", "重新声明 Let/Const", "Let/Const 再宣言"}},
	{"stack-overflow", "", "", []string{
		"Nicht genügend Stackspeicher", "No hay suficiente espacio de pila", "Espace pile insuffisant", "堆栈溢出", "Недостаточно места в стеке", "Spazio dello stack esaurito", "Onvoldoende stackruimte", "Espaço de pilha insuficiente", "Brak miejsca na stosie", "スタック領域が不足しています", "스택 공간이 부족합니다",
	}},
	{"out-of-memory", "", "", []string{
		"Nicht genügend Arbeitsspeicher", "Memoria insuficiente", "Mémoire insuffisante", "内存不足", "Недостаточно памяти", "Memoria esaurita", "Onvoldoende geheugen", "Memória insuficiente", "Za mało pamięci", "メモリが不足しています", "메모리가 부족합니다",
	}},
	{"circular-json", "", "", []string{"Zirkelverweis wird im Wertargument nicht unterstützt", "Referencia circular en un argumento de valor no admitida", "Référence circulaire dans l'argument de valeur non prise en charge", "不支持在值参数中进行循环引用"}},
	{"security", "", "", []string{
		"Zugriff verweigert", "Acceso denegado", "Accès refusé", "Accesso negato", "Toegang geweigerd", "Acesso negado", "Отказано в доступе", "Odmowa dostępu", "Erişim engellendi", "拒绝访问", "存取被拒", "アクセスが拒否されました", "액세스가 거부되었습니다",
		"Erlaubnis verweigert", "Permiso denegado", "Permission refusée", "没有权限",
	}},
	{"network", "", "", []string{
		// The connection was lost: NSURLErrorNetworkConnectionLost.
		"Die Netzwerkverbindung wurde unterbrochen", "La conexión de red se ha perdido", "La conexión de red se perdió", "Se ha perdido la conexión de red", "Se perdió la conexión de red", "La connexion réseau a été perdue",
		"La connessione è stata persa", "la connessione è stata persa", "La connessione di rete è stata persa", "A conexão de rede foi perdida", "A ligação de rede foi cortada", "A ligação de rede foi perdida", "De netwerkverbinding is verbroken",
		"Сетевое соединение потеряно", "Połączenie sieciowe zostało przerwane", "Utracono połączenie sieciowe", "Ağ bağlantısı kesildi", "Nätverksanslutningen förlorades", "Netværksforbindelsen gik tabt", "Mistet nettverksforbindelsen", "Nettverksforbindelsen ble brutt",
		"Verkkoyhteys katkesi", "Conexiunea de rețea a fost pierdută", "A hálózati kapcsolat megszakadt", "La connexió de xarxa s’ha perdut", "Veza s mrežom je prekinuta", "Síťové připojení bylo ztraceno", "Sieťové pripojenie sa stratilo", "Η σύνδεση δικτύου χάθηκε", "Зв’язок із мережею втрачено",
		"ネットワーク接続が切れました", "网络连接已中断", "網絡連線中斷", "網路連線中斷", "네트워크 연결이 유실되었습니다", "Đã mất kết nối mạng", "החיבור לרשת אבד", "تم فقدان اتصال الشبكة", "การเชื่อมต่อเครือข่ายหายไป",
		// There is none: NSURLErrorNotConnectedToInternet.
		"Es besteht anscheinend keine Verbindung zum Internet", "Die Internetverbindung scheint offline zu sein", "Parece que la conexión a Internet está desactivada", "La conexión a Internet parece estar desactivada",
		"La connexion Internet semble interrompue", "Sembra che la connessione a Internet non sia attiva", "La connessione Internet sembra essere offline", "A conexão à Internet parece estar inativa", "A conexão com a Internet parece estar desativada", "A ligação à Internet parece estar desligada", "De internetverbinding lijkt offline te zijn", "Het lijkt erop dat er geen internetverbinding is",
		"Вероятно, соединение с Интернетом прервано", "Вероятно, соединение с интернетом прервано", "Wygląda na to, że nie masz połączenia z Internetem", "İnternet bağlantısı çevrimdışı görünüyor", "Internetanslutningen verkar vara nedkopplad", "Internetforbindelsen er tilsyneladende offline", "Internett-tilkoblingen ser ut til å være frakoblet",
		"インターネット接続がオフラインのようです", "似乎已断开与互联网的连接", "互聯網連線已中斷", "網際網路連線已中斷", "인터넷 연결이 오프라인 상태입니다", "يبدو أنه لا يوجد اتصال بالإنترنت",
		// The server is not found or does not answer: NSURLErrorCannotFindHost, CannotConnectToHost.
		"Es wurde kein Server mit dem angegebenen Hostnamen gefunden", "No se ha encontrado ningún servidor con el nombre de host especificado", "Aucun serveur n’a été trouvé pour le nom d’hôte spécifié", "Impossibile trovare un server con il nome host specificato", "Não foi possível encontrar um servidor com o nome de host especificado",
		"Не удалось найти сервер с указанным именем хоста", "未能找到使用指定主机名的服务器", "找不到使用指定主机名的服务器", "指定されたホスト名のサーバが見つかりませんでした", "특정 호스트 이름을 가진 서버를 찾을 수 없습니다",
		"Verbindung zum Server konnte nicht hergestellt werden", "No se ha podido conectar al servidor", "No se pudo establecer conexión con el servidor", "Impossible de se connecter au serveur", "Impossibile connettersi al server", "Não foi possível conectar-se ao servidor", "Kan geen verbinding maken met de server", "Не удалось подключиться к серверу",
		"Nie można połączyć się z serwerem", "Sunucuya bağlanılamadı", "Kunde inte ansluta till servern", "サーバに接続できませんでした", "无法连接服务器", "无法连接到服务器", "未能连接到服务器", "無法連接伺服器", "서버에 연결할 수 없습니다",
		// It took too long: NSURLErrorTimedOut.
		"Zeitüberschreitung bei der Anforderung", "Se agotó el tiempo de espera", "Se ha agotado el tiempo de espera", "La requête a expiré", "Il tempo di attesa della richiesta è scaduto", "Tempo di richiesta scaduto", "Esgotou-se o tempo limite da solicitação", "O tempo limite da solicitação se esgotou", "De time-out voor het verzoek is verstreken",
		"Превышен лимит времени на запрос", "Przekroczenie limitu czasu żądania", "Begäran nådde en maxtidsgräns", "Temps esgotat per a la sol·licitud", "انتهت مهلة الطلب", "リクエストがタイムアウトになりました", "データベースの要求が時間切れになりました", "请求超时", "要求逾時", "요청한 시간이 초과되었습니다",
		// It was cancelled: NSURLErrorCancelled, which Safari says when one leaves the page.
		"abgebrochen", "Abgebrochen", "cancelado", "Cancelado", "annulé", "annullato", "geannuleerd", "отменено", "скасовано", "anulowane", "anulowano", "iptal edildi", "avbruten", "avbröts", "annulleret", "avbrutt", "kumottu", "zrušeno", "zrušené", "cancel·lat",
		"キャンセルしました", "已取消", "취소됨", "đã huỷ", "đã hủy", "ถูกยกเลิก", "ملغى", "בוטל", "ακυρώθηκε",
	}},
}

var localizedPatterns = makePatterns(localized[:])

// localizedTemplate returns the template of a message that is in another language than English.
func localizedTemplate(typ, message string) (Template, bool) {
	message = strings.TrimRight(message, ".。\u200f\u200e ")
	if message == "" {
		return Template{}, false
	}
	for _, first := range [...]byte{message[0], 0} {
		for i := range localizedPatterns[first] {
			p := &localizedPatterns[first][i]
			entry := &localized[p.entry]
			if entry.typ != "" && typ != entry.typ && typ != "" || !p.matches(message) {
				continue
			}
			t := Template{Text: textOf(entry.kind), Kind: entry.kind, Params: p.params(message)}
			unifyParams(&t)
			return t, true
		}
	}
	return Template{}, false
}

// textOf returns the wording of a kind.
func textOf(kind string) string {
	for i := range builtins {
		if builtins[i].kind == kind {
			return builtins[i].text
		}
	}
	return ""
}

// The words of public documents: tables of official usage with their sources, and one walk over every text of the book.
import { KEYS } from '../content/keys.js';
import { type Book, type Handbook, isAtHand } from '../content/schema/model.js';
import { type Citation, known } from '../content/schema/schema.js';
import type { Say, Source, Span } from '../core/source.js';

// ---------------------------------------------------------------- tables

/** Where a row comes from. */
export const AUTHORITIES = {
  /** 行政院《文書處理手冊》104 年 7 月, 附錄 2; https://www.ey.gov.tw/Page/9277F759E41CCD91 */
  characters: { zh: '法律統一用字表', en: 'the official table of characters (法律統一用字表)' },
  /** 行政院《文書處理手冊》104 年 7 月, 附錄 3; same page */
  terms: { zh: '法律統一用語表', en: 'the official table of terms (法律統一用語表)' },
  /** 公文撰作解析 附錄 (二) 其他法制常用語釐清, p. 124, https://ws.csptc.gov.tw */
  drafting: { zh: '公文撰作解析', en: 'the drafting guide (公文撰作解析)' },
} as const satisfies Record<string, Say>;

/**
 * A word that official documents write otherwise. `before` and `after` are characters that, standing next to it, make it
 * part of another word (行政執行處 in 行政執行處分); `open`: the right word depends on the case, so it is not replaced.
 */
export type Usage = {
  readonly wrong: string;
  readonly right: string;
  readonly of: keyof typeof AUTHORITIES;
  readonly before?: string;
  readonly after?: string;
  readonly open?: true;
};

const rows = (of: Usage['of'], pairs: string): Usage[] =>
  pairs
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [wrong = '', right = ''] = pair.split('→');
      return { wrong, right, of };
    });

/**
 * The rows of 法律統一用字表 that a program can tell apart without understanding the sentence. Left out: 拆除／撤除,
 * 祗／只, 給與／給予, 授與／授予, 復查／複查, 申請／聲請 (but before a court), nouns and verbs of 記錄 and 計劃 outside the
 * words below. A single character stands for every word it is in.
 */
export const CHARACTERS: readonly Usage[] = [
  ...rows(
    'characters',
    `公佈→公布 分佈→分布 頒佈→頒布 發佈→發布 宣佈→宣布 征兵→徵兵 征稅→徵稅 征收→徵收 稽征→稽徵 身份→身分 賬→帳 韮→韭 鑛→礦
     舘→館 踪→蹤 碍→礙 剩餘→賸餘 佔→占 抵觸→牴觸 僱員→雇員 僱主→雇主 雇用→僱用 解雇→解僱
     粘貼→黏貼 策畫→策劃 規畫→規劃 擘畫→擘劃 搜集→蒐集 煙葉→菸葉 煙酒→菸酒 盡先→儘先 盡速→儘速 蔴→麻 電錶→電表
     擦括→擦刮 燐→磷 貫澈→貫徹 徹底→澈底 并且→並且 粮→糧 複核→覆核 蹤蹟→蹤跡
     予以紀錄→予以記錄 加以紀錄→加以記錄 計劃書→計畫書 計劃表→計畫表 計劃案→計畫案 工作計劃→工作計畫 年度計劃→年度計畫
     施政計劃→施政計畫 實施計劃→實施計畫 執行計劃→執行計畫 還款計劃→還款計畫 分期計劃→分期計畫 改善計劃→改善計畫
     訓練計劃→訓練計畫 研究計劃→研究計畫 行動計劃→行動計畫 專案計劃→專案計畫`,
  ),
  { wrong: '部份', right: '部分', of: 'characters', after: '數內' },
  { wrong: '厘訂', right: '釐訂', of: 'characters', before: '公' },
  { wrong: '厘定', right: '釐定', of: 'characters', before: '公' },
  { wrong: '盡量', right: '儘量', of: 'characters', before: '竭善用耗窮已' },
  { wrong: '水錶', right: '水表', of: 'characters', before: '防潛' },
  { wrong: '關于', right: '關於', of: 'characters', before: '機海' },
  { wrong: '事跡', right: '事蹟', of: 'characters', after: '象證' },
  { wrong: '史跡', right: '史蹟', of: 'characters', after: '象' },
  { wrong: '對于', right: '對於', of: 'characters', before: '針面' },
  { wrong: '并應', right: '並應', of: 'characters', before: '合吞兼' },
  { wrong: '臟物', right: '贓物', of: 'characters', before: '內心' },
  { wrong: '復驗', right: '複驗', of: 'characters', before: '回恢' },
  { wrong: '受雇', right: '受僱', of: 'characters', after: '主員工' },
  { wrong: '聘雇', right: '聘僱', of: 'characters', after: '主員工' },
  { wrong: '遺跡', right: '遺蹟', of: 'characters' },
  ...['會議', '通話', '談話', '訪談', '繳款', '繳費', '執行', '修訂', '修正', '作成', '製作'].map(
    (lead): Usage => ({ wrong: `${lead}記錄`, right: `${lead}紀錄`, of: 'characters', after: '人者員於在並' }),
  ),
  ...['表', '簿'].map((end): Usage => ({ wrong: `記錄${end}`, right: `紀錄${end}`, of: 'characters' })),
  { wrong: '向法院申請', right: '向法院聲請', of: 'characters', open: true },
  ...rows(
    'drafting',
    '令其限期改善→命其限期改善 上昇→上升 提昇→提升 橋樑→橋梁 印鑒→印鑑 鑒定→鑑定 鑒別→鑑別 起迄→起訖',
  ),
  ...['查', '收', '付'].map((lead): Usage => ({ wrong: `${lead}迄`, right: `${lead}訖`, of: 'drafting', after: '今' })),
  { wrong: '注銷', right: '註銷', of: 'drafting', after: '售' },
  { wrong: '取銷', right: '取消', of: 'drafting', after: '售毀' },
];

/** The office that the Administrative Enforcement Agency's branches were called until 2011: 行政院 100.12.16 院臺規字第 1000109431 號公告. */
export const OLD_OFFICE: Usage = {
  wrong: '行政執行處',
  right: '行政執行分署',
  of: 'drafting',
  before: '原前舊',
  after: '分所理置罰',
  open: true,
};

/** Names of the time in which a case is handled (「公文用語應注意前後一貫」); the first is the one that is kept where they tie. */
export const DEADLINE_TERMS = ['辦理時限', '處理時限', '辦理期限', '處理期限', '作業期限', '作業時限'];

/**
 * Simplified characters with the one traditional character each stands for: those of 《簡化字總表》 among the common
 * characters of GB 2312 that no Traditional character set (Big5) has. 台, 后, 只, 里 … are also traditional: not here.
 */
const SIMPLIFIED = [
  '专專业業丛叢东東丝絲丢丟两兩严嚴丧喪临臨为為丽麗举舉义義乌烏乐樂乔喬习習乡鄉书書买買乱亂争爭亏虧亚亞产產亩畝亲親亿億仅僅从從仓倉仪儀们們众眾会會伞傘伟偉传傳伤傷伦倫伪偽侠俠侣侶侥僥侦偵侧側侨僑侩儈俩倆俭儉债債倾傾偿償',
  '储儲兑兌兰蘭关關兴興兹茲养養兽獸内內冈岡册冊写寫军軍农農冯馮决決况況冻凍凉涼减減凑湊凛凜凤鳳凭憑凯凱击擊凿鑿刘劉则則刚剛创創删刪刹剎刽劊剂劑剐剮剑劍剥剝剧劇劝勸办辦务務动動励勵劲勁劳勞势勢匀勻区區医醫华華协協单單卖賣',
  '卢盧卧臥卫衛却卻厅廳厉厲压壓厌厭厕廁厢廂厦廈厨廚厩廄县縣双雙变變叙敘叠疊叶葉号號吓嚇吕呂吗嗎启啟吴吳呐吶呕嘔员員呛嗆呜嗚咏詠咙嚨响響哑啞哟喲唤喚啸嘯喷噴嘘噓嘱囑嚣囂园園囱囪围圍国國图圖圆圓场場块塊坚堅坝壩坞塢坟墳坠墜',
  '垄壟垒壘垦墾垫墊堑塹堕墮墙牆壮壯声聲壳殼壶壺处處备備够夠头頭夺奪奋奮奖獎奥奧妆妝妇婦妈媽娄婁娇嬌娱娛婴嬰婶嬸孙孫学學孪孿宝寶实實宠寵审審宪憲宫宮宽寬宾賓寝寢对對寻尋导導寿壽将將尔爾尘塵尧堯层層屉屜届屆属屬屡屢屿嶼岁歲',
  '岂豈岗崗岛島岿巋峡峽峦巒崭嶄巩鞏币幣帅帥师師帐帳帜幟带帶帧幀帮幫幂冪广廣庆慶庐廬库庫应應庙廟庞龐废廢开開弃棄张張弯彎弹彈强強归歸彦彥彻徹忆憶忧憂态態怂慫总總恋戀恒恆恳懇恼惱悦悅悬懸悯憫惧懼惨慘惩懲惫憊惭慚惮憚惯慣愤憤',
  '慑懾懒懶戏戲战戰户戶执執扩擴扫掃扬揚抚撫抛拋抠摳抡掄抢搶护護报報担擔拟擬拢攏拣揀拥擁拦攔拧擰拨撥择擇挚摯挛攣挝撾挞撻挟挾挠撓挡擋挣掙挤擠挥揮捞撈损損捡撿换換掳擄掷擲掸撣掺摻揽攬搀攙搁擱搂摟搅攪携攜摄攝摇搖摈擯摊攤撑撐',
  '撵攆擞擻攒攢敌敵敛斂数數斋齋斩斬断斷无無旧舊时時旷曠昼晝显顯晋晉晓曉晕暈暂暫杀殺杂雜权權条條来來杨楊枢樞枣棗枪槍枫楓柠檸栅柵标標栈棧栋棟栏欄树樹样樣档檔桥橋桨槳桩樁梦夢检檢椭橢楼樓槛檻横橫樱櫻橱櫥欢歡欧歐歼殲残殘殴毆',
  '毕畢毙斃毡氈氢氫汉漢汤湯汹洶沟溝没沒沤漚沥瀝沦淪沧滄沪滬泪淚泻瀉泼潑泽澤浅淺浆漿浇澆浊濁测測济濟浑渾浓濃涛濤涝澇涟漣涡渦涣渙涤滌润潤涧澗涨漲涩澀渊淵渍漬渐漸渔漁渗滲温溫湾灣溃潰溅濺滚滾滞滯满滿滤濾滥濫滦灤滨濱滩灘潍濰',
  '潜潛澜瀾濒瀕灭滅灯燈灵靈灾災灿燦炉爐点點炽熾烁爍烂爛烃烴烛燭烦煩烧燒烩燴烫燙烬燼热熱焕煥爱愛爷爺牵牽牺犧犊犢状狀犹猶狈狽狞獰独獨狭狹狮獅狰猙狱獄猎獵猪豬猫貓献獻獭獺玛瑪环環现現珐琺琐瑣琼瓊瑶瑤电電画畫畅暢畴疇疗療疟瘧',
  '疡瘍疮瘡疯瘋痈癰痉痙痪瘓瘪癟瘫癱癣癬皑皚皱皺盏盞盐鹽监監盖蓋盗盜盘盤睁睜瞒瞞瞩矚矫矯矾礬矿礦码碼砖磚砚硯砾礫础礎硕碩碱鹼礼禮祷禱祸禍禄祿秃禿秆稈积積称稱秽穢税稅稳穩穷窮窃竊窍竅窑窯窜竄窝窩窥窺竖豎竞競笋筍笔筆笺箋笼籠',
  '筛篩筹籌简簡箩籮篓簍篮籃类類粤粵粪糞紧緊纠糾红紅约約级級纪紀纫紉纬緯纯純纱紗纲綱纳納纵縱纶綸纷紛纸紙纹紋纺紡纽紐线線练練组組绅紳细細织織终終绊絆绍紹绎繹经經绑綁绒絨结結绘繪给給绚絢络絡绝絕绞絞统統绢絹绣繡绥綏绦絛继繼',
  '绩績绪緒续續绰綽绳繩维維绵綿绷繃绸綢综綜绽綻绿綠缀綴缄緘缅緬缆纜缉緝缎緞缓緩缔締缕縷编編缘緣缚縛缝縫缠纏缨纓缩縮缮繕缴繳罗羅罚罰罢罷翘翹耸聳耻恥聂聶聋聾职職联聯聪聰肃肅肠腸肤膚肾腎肿腫胀脹胁脅胆膽胶膠脉脈脐臍脑腦脓膿',
  '脚腳脱脫脸臉腻膩腾騰舆輿舰艦舱艙艰艱艺藝节節芜蕪芦蘆苇葦苍蒼茎莖荆荊荚莢荣榮荤葷荧熒莱萊莲蓮莹瑩萝蘿萤螢营營萧蕭萨薩葱蔥蒋蔣蓝藍蓟薊蔷薔蔼藹蕴蘊虏虜虑慮虚虛虽雖虾蝦蚀蝕蚁蟻蚂螞蛊蠱蛮蠻蛰蟄蜕蛻蜗蝸蝇蠅蝉蟬衅釁衔銜补補',
  '衬襯袄襖袜襪袭襲装裝裤褲见見观觀规規觅覓视視览覽觉覺誉譽誊謄计計订訂讣訃认認讥譏讨討让讓讫訖训訓议議讯訊记記讲講讳諱讶訝许許讹訛论論讼訟讽諷设設访訪诀訣评評诅詛识識诈詐诉訴诊診诌謅词詞译譯试試诗詩诚誠诛誅话話诞誕诡詭',
  '询詢诣詣该該详詳诧詫诫誡诬誣语語误誤诱誘诲誨说說诵誦请請诸諸诺諾读讀诽誹课課谁誰调調谅諒谆諄谈談谊誼谋謀谍諜谎謊谐諧谓謂谗讒谚諺谜謎谢謝谣謠谤謗谦謙谨謹谩謾谬謬谭譚谰讕谱譜谴譴贝貝贞貞负負贡貢财財责責贤賢败敗货貨质質',
  '贩販贪貪贫貧贬貶购購贮貯贯貫贰貳贱賤贴貼贵貴贷貸贸貿费費贺賀贼賊贾賈贿賄赁賃赂賂赃贓资資赊賒赋賦赌賭赎贖赏賞赐賜赔賠赖賴赘贅赚賺赛賽赠贈赡贍赢贏赣贛赵趙趋趨跃躍践踐踌躊蹿躥躯軀车車轧軋轨軌轩軒转轉轮輪软軟轰轟轴軸轻輕',
  '载載轿轎较較辅輔辆輛辈輩辉輝辊輥辐輻辑輯输輸辕轅辖轄辗輾辙轍辞辭辩辯辫辮边邊辽遼达達迁遷过過迈邁运運还還这這进進远遠违違连連迟遲选選逊遜递遞逻邏遗遺遥遙邓鄧邮郵邹鄒邻鄰郑鄭郧鄖郸鄲酝醞酱醬酿釀释釋钉釘钒釩钓釣钙鈣钝鈍',
  '钞鈔钠鈉钡鋇钢鋼钦欽钧鈞钨鎢钩鉤钮鈕钱錢钳鉗钵缽钾鉀铀鈾铁鐵铂鉑铃鈴铅鉛铆鉚铜銅铝鋁铡鍘铣銑铬鉻铭銘铰鉸铱銥银銀铸鑄链鏈销銷锁鎖锄鋤锅鍋锈鏽锋鋒锌鋅锐銳锑銻锗鍺错錯锚錨锡錫锣鑼锥錐锦錦锭錠键鍵锯鋸锰錳锹鍬锻鍛镀鍍镁鎂',
  '镇鎮镊鑷镍鎳镐鎬镑鎊镜鏡镣鐐镭鐳镶鑲长長门門闪閃闭閉问問闯闖闰閏间間闷悶闸閘闹鬧闺閨闻聞闽閩阀閥阁閣阂閡阅閱阉閹阎閻阐闡阑闌阔闊队隊阳陽阴陰阵陣阶階际際陆陸陇隴陈陳陕陝陨隕险險随隨隐隱隶隸难難雏雛雾霧静靜韦韋韧韌韩韓',
  '韵韻页頁顶頂顷頃项項顺順顽頑顾顧顿頓颁頒颂頌预預颅顱领領颇頗颈頸颊頰颐頤频頻颓頹颖穎颗顆题題颜顏额額颠顛颤顫颧顴风風飘飄飞飛饭飯饮飲饯餞饰飾饱飽饲飼饵餌饶饒饺餃饼餅饿餓馁餒馅餡馆館馈饋馋饞馏餾馒饅马馬驭馭驮馱驯馴驰馳',
  '驱驅驳駁驴驢驶駛驹駒驻駐驼駝驾駕骂罵骄驕骆駱骇駭骋騁验驗骏駿骑騎骗騙骚騷骡騾骤驟鱼魚鲁魯鲍鮑鲜鮮鲤鯉鲸鯨鳃鰓鳖鱉鳞鱗鸟鳥鸡雞鸣鳴鸥鷗鸦鴉鸭鴨鸯鴦鸳鴛鸵鴕鸽鴿鸿鴻鹃鵑鹅鵝鹊鵲鹏鵬鹤鶴鹰鷹麦麥黄黃齐齊齿齒龄齡龋齲龙龍龚龔',
  '龟龜',
].join('');
/** Simplified characters that stand for several traditional ones: they are found, but the author chooses. */
const SIMPLIFIED_OPEN =
  '个仑冲净别勋卤历参发叹哗团坛夹尝尽弥当录径恶捣摆术毁汇湿炼烟签纤绕脏艳苏荡荫药获证赞迹鉴针钟钥钻铲铺锤镰闲须饥';

const TRADITIONAL = new Map<string, string>();
for (let i = 0; i < SIMPLIFIED.length; i += 2) TRADITIONAL.set(SIMPLIFIED.charAt(i), SIMPLIFIED.charAt(i + 1));
for (const c of SIMPLIFIED_OPEN) TRADITIONAL.set(c, '');

// ---------------------------------------------------------------- what is text

/** What a place of a source is: the author's own text, a quotation, names of laws and sources, or no text at all. */
const TEXT = 0;
const QUOTED = 1;
const NAME = 2;
const OTHER = 3;

type Zones = {
  readonly kinds: Uint8Array;
  /** Where keys stand, in order: what a place belongs to is the last key before it. */
  readonly keys: { readonly at: number; readonly key: string }[];
};

const spellings = (...names: string[]): string[] => names.flatMap((name) => [name, ...(KEYS[name] ?? [])]);
const SPELLINGS = new Set([...Object.keys(KEYS), ...Object.values(KEYS).flat()]);
/**
 * Keys whose values are names of laws and files, addresses and the like: not the office's own words. Ids are words: a
 * step is referred to by its id or its text, and what is mended in one place must be mended in the other.
 */
const NAMING = new Set(
  spellings('basis', 'source', 'laws', 'law', 'article', 'url', 'file', 'mermaid', 'checked', 'paths'),
);
/** Texts that are not written for citizens. */
const INTERNAL = new Set(spellings('findings', 'change', 'revisions', 'duties'));

const BLOCK_KEY =
  /(?:"[^"\n]*"|'[^'\n]*'|[^\s#{}[\],"'|>&*!%@`-][^\n#]{0,120}?|-[^\s:][^\n]{0,120}?)[ \t]{0,8}:(?=\s|$)/y;
const FLOW_KEY = /(?:"[^"\n]*"|'[^'\n]*'|[^\s#{}[\],"':][^\n#{}[\],:]{0,120}?)[ \t]{0,8}:(?=[\s,\]}]|$)/y;
const BLOCK_SCALAR = /[|>][+-]?\d?[+-]?[ \t]*(?:#[^\n]*)?\r?(?=\n|$)/y;
const LIST_KEY = /[ \t]*(?:[-*+]|\d+[.)])[ \t]+([^：:（）()\s]{1,12})[：:]/y;
const LIST_MARK = /[ \t]*(?:[-*+]|\d+[.)])(?=[ \t])/y;
const HEADING = /[ ]{0,3}(#{1,6})[ \t]([^\n]*)/y;
/** Addresses, code, links' targets; quotations; titles of laws and books. Bounded, so that a stray mark costs little. */
const INLINE =
  /https?:\/\/[^\s（）「」，、；。<>"|]+|[\w.+-]{1,64}@[\w.-]{1,100}|`[^`\n]{0,300}`|\]\([^)\s]{0,300}(?:\s"[^"\n]{0,100}")?\)|(「[^「」]{0,300}(?:「[^「」]{0,300}」[^「」]{0,300}){0,8}」|『[^』]{0,300}』|“[^”]{0,300}”)|(《[^》\n]{0,100}》|〈[^〉\n]{0,100}〉)/g;

/** Marks every place of a source. A source is read this way only when something was seen in it: clean books never are. */
function zonesOf({ path, text }: Source): Zones {
  const zones: Zones = { kinds: new Uint8Array(text.length), keys: [] };
  if (/\.md$/i.test(path)) {
    const head = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
    const body = head?.index === 0 ? head[0].length : 0;
    if (body > 0) markYaml(text, 0, body, zones);
    markMarkdown(text, body, zones, /(^|\/)services\//.test(path));
  } else markYaml(text, 0, text.length, zones);
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', at);
    const end = close === -1 ? text.length : close + 3;
    zones.kinds.fill(OTHER, at, end);
    at = end;
  }
  for (const match of text.matchAll(INLINE)) {
    const kind = match[1] ? QUOTED : match[2] ? NAME : OTHER;
    for (let i = match.index; i < match.index + match[0].length; i += 1)
      zones.kinds[i] = Math.max(zones.kinds[i] ?? TEXT, kind);
  }
  return zones;
}

/** Keys, comments and signs of YAML, without building its tree: whatever is left is what a reader will see. */
function markYaml(text: string, from: number, to: number, { kinds, keys }: Zones): void {
  let block = -1; // column of the key whose block of text is being read
  let naming = -1; // column of the key below which names stand
  let depth = 0; // of [ ] and { }
  let flowNaming = 0; // the depth at which a naming key stands inside { }
  let quote = '';
  let fresh = true; // at the beginning of a value
  for (let at = from; at < to; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 || newline > to ? to : newline;
    let i = at;
    while (i < end && (text[i] === ' ' || text[i] === '\t')) i += 1;
    const column = i - at;
    const blank = i === end || text[i] === '\r';
    const inside = depth > 0 || quote !== '';
    if (!blank && !inside) {
      if (naming >= 0 && column <= naming && !(column === naming && text[i] === '-')) naming = -1;
      if (block >= 0 && column <= block) block = -1;
    }
    if (blank || block >= 0 || /^(---|\.\.\.)/.test(text.slice(at, at + 3))) {
      if (naming >= 0) kinds.fill(NAME, at, end);
      if (block < 0) kinds.fill(OTHER, at, end);
      at = end + 1;
      continue;
    }
    if (!inside) {
      fresh = true;
      let start = column;
      while (text[i] === '-' && (i + 1 >= end || text[i + 1] === ' ')) {
        kinds[i] = OTHER;
        i += 1;
        while (i < end && text[i] === ' ') i += 1;
        if (i < end) start = i - at;
      }
      BLOCK_KEY.lastIndex = i;
      const key = text[i] === '#' ? null : BLOCK_KEY.exec(text);
      if (key && BLOCK_KEY.lastIndex <= end) {
        const name = key[0]
          .slice(0, -1)
          .trim()
          .replace(/^["']|["']$/g, '');
        kinds.fill(OTHER, i, i + key[0].length);
        keys.push({ at: i, key: name });
        i += key[0].length;
        if (naming < 0 && NAMING.has(name)) naming = start;
        while (i < end && text[i] === ' ') i += 1;
      }
      BLOCK_SCALAR.lastIndex = i;
      if (BLOCK_SCALAR.test(text)) {
        kinds.fill(OTHER, i, end);
        block = key ? start : column;
        at = end + 1;
        continue;
      }
    }
    for (; i < end; i += 1) {
      const c = text.charAt(i);
      if (quote !== '') {
        if (naming >= 0 || flowNaming > 0) kinds[i] = NAME;
        if (c === '\\' && quote === '"') i += 1;
        else if (c === quote) {
          if (quote === "'" && text[i + 1] === "'") i += 1;
          else {
            quote = '';
            kinds[i] = OTHER;
          }
        }
        continue;
      }
      if (c === ' ' || c === '\t' || c === '\r') continue;
      if (c === '#' && (i === at || text[i - 1] === ' ' || text[i - 1] === '\t')) {
        kinds.fill(OTHER, i, end);
        break;
      }
      if (fresh && depth > 0) {
        FLOW_KEY.lastIndex = i;
        const key = FLOW_KEY.exec(text);
        if (key) {
          const name = key[0]
            .slice(0, -1)
            .trim()
            .replace(/^["']|["']$/g, '');
          kinds.fill(OTHER, i, i + key[0].length);
          keys.push({ at: i, key: name });
          i += key[0].length - 1;
          if (flowNaming === 0 && NAMING.has(name)) flowNaming = depth;
          continue;
        }
      }
      if (fresh && (c === '"' || c === "'")) {
        quote = c;
        kinds[i] = OTHER;
        fresh = false;
        continue;
      }
      if (fresh && (c === '[' || c === '{')) {
        depth += 1;
        kinds[i] = OTHER;
        continue;
      }
      if (depth > 0 && (c === ']' || c === '}' || c === ',')) {
        kinds[i] = OTHER;
        fresh = c === ',';
        if (c !== ',') depth -= 1;
        if (flowNaming > depth || (c === ',' && flowNaming === depth)) flowNaming = 0;
        continue;
      }
      fresh = false;
      if (naming >= 0 || flowNaming > 0) kinds[i] = NAME;
    }
    at = end + 1;
  }
}

function markMarkdown(text: string, from: number, { kinds, keys }: Zones, keyed: boolean): void {
  let fence = '';
  let naming = 0; // the level of the heading below which names stand
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    HEADING.lastIndex = at;
    const heading = fence === '' && !mark ? HEADING.exec(text) : null;
    if (mark && (fence === '' || fence === mark)) {
      fence = fence === '' ? mark : '';
      kinds.fill(OTHER, at, end);
    } else if (fence !== '') kinds.fill(OTHER, at, end);
    else if (heading) {
      const level = heading[1]?.length ?? 1;
      let title = (heading[2] ?? '').trim();
      while (title.endsWith('#')) title = title.slice(0, -1).trimEnd();
      const start = at + line.indexOf(title, level);
      kinds.fill(OTHER, at, start);
      if (naming >= level) naming = 0;
      if (keyed && SPELLINGS.has(title)) {
        kinds.fill(OTHER, at, end);
        keys.push({ at: start, key: title });
        if (NAMING.has(title) && naming === 0) naming = level;
      }
    } else if (naming > 0) kinds.fill(NAME, at, end);
    else if (/^\s*>/.test(line)) kinds.fill(QUOTED, at, end);
    else if (/^[\s|:-]*$/.test(line)) kinds.fill(OTHER, at, end);
    else {
      LIST_KEY.lastIndex = at;
      const key = keyed ? LIST_KEY.exec(text) : null;
      LIST_MARK.lastIndex = at;
      const item = LIST_MARK.exec(text);
      if (key?.[1] && SPELLINGS.has(key[1])) {
        kinds.fill(OTHER, at, at + key[0].length);
        keys.push({ at: at + key[0].length - key[1].length - 1, key: key[1] });
        if (NAMING.has(key[1])) kinds.fill(NAME, at + key[0].length, end);
      } else if (item) kinds.fill(OTHER, at, at + item[0].length);
    }
    at = end + 1;
  }
}

/** The key a place belongs to. */
function keyAt({ keys }: Zones, place: number): string | undefined {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle]?.at ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return keys[low - 1]?.key;
}

/** The kinds of places in a source, for rules that look at Markdown as written: is it the author's text, and under which key. */
export function readingOf(source: Source): {
  isText(place: number): boolean;
  keyAt(place: number): string | undefined;
} {
  const zones = zonesOf(source);
  return {
    isText: (place) => zones.kinds[place] === TEXT || zones.kinds[place] === QUOTED,
    keyAt: (place) => keyAt(zones, place),
  };
}

// ---------------------------------------------------------------- the walk

/** What a wording rule reports: the place, what is written there, and what belongs there if that is certain. */
export type Wording = {
  readonly span: Span;
  readonly written: string;
  /** What was expected. */
  readonly right?: string;
  /** The text that may replace it without changing what is said. */
  readonly fix?: string;
  readonly usage?: Usage;
};

export type WordingKind =
  | 'characters'
  | 'terms'
  | 'simplified'
  | 'punctuation'
  | 'deadline-term'
  | 'day-word'
  | 'numerals'
  | 'title'
  | 'sentence'
  | 'old-office';
export type Wordings = { readonly [K in WordingKind]: readonly Wording[] };

/** The walk is made once for all wording rules; it is kept with the handbook it was made of. */
const walked = new WeakMap<Handbook, Wordings>();

/** Characters in one sentence above which a reader loses the thread. */
export const LONG_SENTENCE = 80;

export function wordingsOf(handbook: Handbook): Wordings {
  const before = walked.get(handbook);
  if (before) return before;
  const found: Record<WordingKind, Wording[]> = {
    characters: [],
    terms: [],
    simplified: [],
    punctuation: [],
    'deadline-term': [],
    'day-word': [],
    numerals: [],
    title: [],
    sentence: [],
    'old-office': [],
  };
  const names = namesOf(handbook);
  for (const source of handbook.sources) walk(source, names, found);
  walked.set(handbook, found);
  return found;
}

const NUMERALS = '〇○零一二三四五六七八九十百千';
/** What a character may begin, by code: the walk looks no further at any other. */
const WORD = 1;
const SIMPLE = 2;
const MARK = 3;
const WIDE_DIGIT = 4;
const BREAK = 5;
const DAY = 6;
const YEAR = 7;
const ZERO = 8;
const FLAGS = new Uint8Array(65536);
const flag = (characters: string, kind: number): void => {
  for (const c of characters) FLAGS[c.charCodeAt(0)] = kind;
};
const WORDS = new Map<string, { kind: WordingKind; usage: Usage }[]>();
for (const [kind, usages] of [
  ['characters', CHARACTERS],
  ['old-office', [OLD_OFFICE]],
  ['deadline-term', DEADLINE_TERMS.map((wrong): Usage => ({ wrong, right: wrong, of: 'drafting' }))],
] as const)
  for (const usage of usages) {
    const first = usage.wrong.charAt(0);
    WORDS.set(first, [...(WORDS.get(first) ?? []), { kind, usage }]);
  }
flag([...TRADITIONAL.keys()].join(''), SIMPLE);
flag([...WORDS.keys()].join(''), WORD);
flag('第自處科', WORD);
flag(',;:?!(', MARK);
flag('１２３４５６７８９', WIDE_DIGIT);
flag('０', ZERO);
flag('。！？；\n', BREAK);
flag('天', DAY);
flag('年', YEAR);

const isHan = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff);
/** A Chinese character, or a bracket of Chinese text. */
const BRACKETS = new Set([...'「」『』（）《》〈〉【】'].map((c) => c.charCodeAt(0)));
const isWide = (code: number): boolean => isHan(code) || BRACKETS.has(code);

const TERMS: readonly { pattern: RegExp; right(match: RegExpExecArray): string | undefined }[] = [
  // 「第九十八條」不寫為「第九八條」,「第一百條」不寫為「第一○○條」
  {
    pattern: /第([一二三四五六七八九][〇○零一二三四五六七八九]{1,3})(?=條|項|款|點)/y,
    right: (match) => `第${chineseNumeral(Number(digitsOf(match[1] ?? '')))}`,
  },
  // 「第一百十八條」不寫為「第一百一十八條」
  {
    pattern: /第([一二三四五六七八九]百)一(十[一二三四五六七八九]?)(?=條|項|款|點)/y,
    right: (m) => `第${m[1]}${m[2]}`,
  },
  { pattern: /自公布之日施行/y, right: () => '自公布日施行' },
  // 罰金用「科」, 罰鍰用「處」, and neither takes 「之」
  { pattern: /處([^。；，、\s]{1,14})以下之?罰金/y, right: (match) => `科${match[1]}以下罰金` },
  { pattern: /科([^。；，、\s]{1,14})以下之?罰鍰/y, right: (match) => `處${match[1]}以下罰鍰` },
  { pattern: /科([^。；，、\s]{1,14})以下之罰金/y, right: (match) => `科${match[1]}以下罰金` },
  { pattern: /處([^。；，、\s]{1,14})以下之罰鍰/y, right: (match) => `處${match[1]}以下罰鍰` },
];

/** 一○五 → 105, 九十五 → 95. */
const digitsOf = (written: string): string => {
  const digit = (c: string): number => '零一二三四五六七八九'.indexOf(c.replace(/[〇○]/, '零'));
  if (!/[十百千]/.test(written)) return [...written].map(digit).join('');
  let sum = 0;
  let last = 0;
  for (const c of written) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[c];
    if (unit) {
      sum += (last || 1) * unit;
      last = 0;
    } else last = digit(c);
  }
  return String(sum + last);
};
/** 98 → 九十八, 118 → 一百十八 (as laws write it). */
const chineseNumeral = (n: number): string => {
  const digit = '零一二三四五六七八九';
  const [thousands, hundreds, tens, ones] = [
    Math.floor(n / 1000),
    Math.floor(n / 100) % 10,
    Math.floor(n / 10) % 10,
    n % 10,
  ];
  const head = `${thousands ? `${digit[thousands]}千` : ''}${hundreds ? `${digit[hundreds]}百` : ''}`;
  const gap = (head !== '' && tens === 0 && ones > 0) || (thousands > 0 && hundreds === 0 && tens > 0) ? '零' : '';
  const ten = tens ? `${tens > 1 ? digit[tens] : ''}十` : '';
  return `${head}${gap}${ten}${ones ? digit[ones] : ''}`;
};

function walk(source: Source, names: readonly string[], found: Record<WordingKind, Wording[]>): void {
  const { text } = source;
  let seen: Zones | undefined;
  const zones = (): Zones => {
    seen ??= zonesOf(source);
    return seen;
  };
  const kindAt = (place: number): number => zones().kinds[place] ?? OTHER;
  const add = (kind: WordingKind, start: number, end: number, rest: Omit<Wording, 'span' | 'written'> = {}): void => {
    found[kind].push({ span: { source, start, end }, written: text.slice(start, end), ...rest });
  };
  let sentence = 0;
  let simplified = -1; // where the last run of simplified characters ended
  const closeSentence = (end: number): void => {
    if (end - sentence > LONG_SENTENCE) longest(text, sentence, end, zones(), add);
    sentence = end + 1;
  };
  let replaced = 0; // where the last word found ended: 實施計劃書 is one finding
  const words = (i: number): void => {
    for (const { kind, usage } of WORDS.get(text.charAt(i)) ?? []) {
      const { wrong, right, before, after, open } = usage;
      if (!text.startsWith(wrong, i) || i < replaced) continue;
      const next = text.charAt(i + wrong.length);
      if (i > 0 && before?.includes(text.charAt(i - 1))) continue;
      if (next !== '' && after?.includes(next)) continue;
      // 「辦理時限：」 is a key or a label, and keys are no text.
      if (kind === 'deadline-term' && (next === ':' || next === '：')) continue;
      if (kindAt(i) !== TEXT || inName(text, i, wrong, names)) continue;
      if (kind === 'deadline-term') add(kind, i, i + wrong.length);
      else if (!inTitle(text, i + wrong.length)) {
        add(kind, i, i + wrong.length, { right, usage, ...(open ? {} : { fix: right }) });
        replaced = i + wrong.length;
      }
    }
    if (!'第自處科'.includes(text.charAt(i))) return;
    for (const { pattern, right } of TERMS) {
      pattern.lastIndex = i;
      const match = pattern.exec(text);
      const expected = match ? right(match) : undefined;
      if (!match || expected === undefined || expected === match[0] || kindAt(i) >= NAME) continue;
      // A quotation must be compared with the law itself; it is not rewritten.
      add('terms', i, i + match[0].length, { right: expected, ...(kindAt(i) === TEXT ? { fix: expected } : {}) });
      return;
    }
  };

  for (let i = 0; i < text.length; i += 1) {
    switch (FLAGS[text.charCodeAt(i)]) {
      case 0:
        break;
      case WORD:
        words(i);
        break;
      case SIMPLE: {
        if (i < simplified || kindAt(i) !== TEXT || inName(text, i, text.charAt(i), names)) break;
        let end = i + 1;
        for (let j = i + 1; j < text.length && j < end + 6 && j < i + 60; j += 1) {
          const c = text.charAt(j);
          if (c === '\n' || '，。；、：'.includes(c) || kindAt(j) !== TEXT) break;
          if (TRADITIONAL.has(c)) end = j + 1;
        }
        const right = [...text.slice(i, end)].map((c) => TRADITIONAL.get(c) || c).join('');
        add('simplified', i, end, right === text.slice(i, end) ? {} : { right, fix: right });
        simplified = end;
        break;
      }
      case MARK:
        halfWidth(text, i, kindAt, source.path, add);
        if (text[i] === '!' || text[i] === '?' || text[i] === ';') if (isWide(text.charCodeAt(i - 1))) closeSentence(i);
        break;
      case WIDE_DIGIT:
      case ZERO: {
        if (/[０-９]/.test(text.charAt(i - 1)) && i > 0) break;
        let end = i + 1;
        while (/[０-９]/.test(text.charAt(end))) end += 1;
        if (kindAt(i) !== TEXT) break;
        const chinese = (place: number): boolean => {
          const c = text.charAt(place);
          return c !== '' && '一二三四五六七八九十百千'.includes(c);
        };
        const right = text.slice(i, end).replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
        // 二０: a zero among Chinese numerals; which of the two systems was meant is the author's to say.
        if (text.slice(i, end) === '０' && (chinese(i - 1) || chinese(end)))
          add('numerals', chinese(i - 1) ? i - 1 : i, chinese(end) ? end + 1 : end);
        else add('numerals', i, end, { right, fix: right });
        break;
      }
      case YEAR: {
        words(i);
        if (!NUMERALS.includes(text.charAt(i - 1)) || i === 0) break;
        let start = i;
        while (start > 0 && i - start < 8 && NUMERALS.includes(text.charAt(start - 1))) start -= 1;
        const tail = /年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,4})日)?)?/y;
        tail.lastIndex = i;
        const match = tail.exec(text);
        const era = /(民國|西元)$/.test(text.slice(Math.max(0, start - 2), start));
        const dated = match?.[2] || (match?.[1] && /[〇○零]/.test(text.slice(start, i)));
        if (!match || !(era || dated) || kindAt(start) !== TEXT) break;
        const right = `${digitsOf(text.slice(start, i))}年${match[1] ? `${digitsOf(match[1])}月` : ''}${match[2] ? `${digitsOf(match[2])}日` : ''}`;
        add('numerals', start, i + match[0].length, { right, fix: right });
        break;
      }
      case DAY: {
        const lead = /(第?)[ \t]*(?:[\d０-９]+|[一二三四五六七八九十兩]{1,3})[ \t]*個?(工作|日曆)?$/.exec(
          text.slice(Math.max(0, i - 12), i),
        );
        if (
          !lead ||
          lead[1] ||
          lead[2] === '日曆' ||
          '數然夜氣花線地生空'.includes(text.charAt(i + 1) || '\n') ||
          kindAt(i) !== TEXT
        )
          break;
        const right = lead[2] ? '工作日' : '日';
        add('day-word', lead[2] ? i - 2 : i, i + 1, { right, fix: right });
        break;
      }
      case BREAK: {
        const c = text.charAt(i);
        if (c !== '\n') {
          closeSentence(i);
          break;
        }
        const last = text[i - 1] === '\r' ? i - 2 : i - 1;
        const mark = text.charAt(last);
        if (mark !== '' && '，。；：、,;:.'.includes(mark)) {
          const start = text.lastIndexOf('\n', last) + 1;
          HEADING.lastIndex = start;
          if (
            /\.md$/i.test(source.path) &&
            text.charCodeAt(start) <= 0x23 &&
            HEADING.test(text) &&
            kindAt(last) <= NAME
          )
            add('title', last, last + 1);
        }
        if (breaksAt(text, i + 1)) closeSentence(i);
        break;
      }
    }
  }
  closeSentence(text.length);
}

const NEW_ITEM =
  /[ \t]*(?:\r?\n|$|[-*+#|>`<~]|\d+[.)、]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[^\s：:。，]{1,15}:(?=\s|$))/y;
/** Whether what follows a line break is a new paragraph, item, row or key, and not the rest of a sentence. */
function breaksAt(text: string, place: number): boolean {
  NEW_ITEM.lastIndex = place;
  return NEW_ITEM.test(text);
}

type Add = (kind: WordingKind, start: number, end: number, rest?: Omit<Wording, 'span' | 'written'>) => void;

const isLatin = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
/** Whether a place counts: every Chinese character and mark, and the beginning of every word or number in Latin script. */
function counts(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  if (code > 0x2e80) return true;
  if (!isLatin(code)) return false;
  const before = text.charCodeAt(place - 1);
  return !isLatin(before) && before !== 0x2e && before !== 0x2c; // 3.5, 1,000
}
/** The length of a sentence as a reader feels it: Chinese characters and marks, words and numbers. */
export const lengthOf = (sentence: string): number =>
  Array.from(sentence, (_, i) => counts(sentence, i)).filter(Boolean).length;

/** The longest piece of plain text in a sentence, if it is too long. */
function longest(text: string, from: number, to: number, zones: Zones, add: Add): void {
  let start = from;
  let length = 0;
  for (let i = from; i <= to; i += 1) {
    const other = i === to || (zones.kinds[i] ?? OTHER) >= NAME;
    if (other) {
      if (length > LONG_SENTENCE && !INTERNAL.has(keyAt(zones, start) ?? '')) {
        add('sentence', start, i);
        return;
      }
      length = 0;
      start = i + 1;
    } else if (counts(text, i)) length += 1;
    else if (length === 0 && /\s/.test(text.charAt(i))) start = i + 1;
  }
}

/** The line before and around a place; of endless lines the near part, so that no line is read twice as a whole. */
const NEAR = 400;
function lineBefore(text: string, place: number): string {
  const near = text.slice(Math.max(0, place - NEAR), place);
  return near.slice(near.lastIndexOf('\n') + 1);
}
function lineOf(text: string, place: number): string {
  const [after = ''] = text.slice(place, place + NEAR).split('\n', 1);
  return lineBefore(text, place) + after;
}

const WIDE_MARKS: Record<string, string> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
};

/** Where the bracket that opens at `place` closes on its line; `place` itself where it does not. */
function closing(text: string, place: number): number {
  let depth = 0;
  for (let i = place; i < place + 80 && text[i] !== '\n'; i += 1) {
    if (text[i] === '(') depth += 1;
    else if (text[i] === ')') depth -= 1;
    if (depth === 0) return i;
  }
  return place;
}

/** A half-width mark between Chinese characters. */
function halfWidth(text: string, i: number, kindAt: (place: number) => number, path: string, add: Add): void {
  const yaml = !/\.md$/i.test(path);
  const mark = text.charAt(i);
  const next = text.charCodeAt(i + 1);
  const report = (start: number, end: number, sure = true): void => {
    const right = WIDE_MARKS[text.charAt(start)] ?? '';
    add('punctuation', start, end, { right, ...(sure ? { fix: right } : {}) });
  };
  if (mark === '(') {
    const before = text.charCodeAt(i - 1);
    const close = closing(text, i);
    const inner = text.slice(i + 1, close);
    if (!/[\u4e00-\u9fff]/.test(inner) || !(isWide(before) || (isHan(next) && !(before > 0x20 && before < 0x3000))))
      return;
    if (kindAt(i) !== TEXT || kindAt(close) !== TEXT) return;
    report(i, i + 1);
    report(close, close + 1);
    return;
  }
  if (i === 0 || !isWide(text.charCodeAt(i - 1))) return;
  const ends = next === 10 || next === 13 || Number.isNaN(next);
  const spaced = next === 0x20 && isWide(text.charCodeAt(i + 2));
  if (!isWide(next) && !spaced && !((mark === '?' || mark === '!') && ends)) return;
  if (mark === ':' && spaced && yaml) {
    let start = i - 1;
    while (start >= 0 && i - start < 17 && !' \n{,，。；、"\''.includes(text.charAt(start))) start -= 1;
    if (start < 0 || ' \n{,'.includes(text.charAt(start))) return; // a key, as in 「名稱: 申請書」
  }
  const line = lineBefore(text, i);
  // 「名稱:申請書」 lacks the space after a key; a full-width mark would not mend that.
  if (mark === ':' && SPELLINGS.has(/[^\s，。；、：:{}[\],-]*$/.exec(line.slice(-13))?.[0] ?? '')) return;
  // Between the items of [ ] and { } it is a sign of YAML; this says so before the whole file is looked at.
  if (spaced && yaml && /[[{]/.test(line)) return;
  if (kindAt(i) !== TEXT) return;
  // In a field, 「甲，乙」 is a list of two: a comma is only replaced where the text is plainly prose.
  const prose = mark !== ',' || /(^|\/)chapters\//.test(path) || /[。；]/.test(lineOf(text, i));
  report(i, spaced ? i + 2 : i + 1, prose);
}

/** The names of an office and a book are the same beside each of its files. */
const named = new WeakMap<Book, readonly string[]>();
function namesOf(handbook: Handbook): readonly string[] {
  const names = named.get(handbook.book) ?? properNames(handbook);
  named.set(handbook.book, names);
  return names;
}

/** Names of offices, units, titles and laws that hold a word of the tables: there it is right as it is. */
function properNames({ office, book }: Handbook): string[] {
  const all = [
    office.name,
    office.short,
    office.parent,
    ...(known(office.titles) ?? []),
    ...[office.units, office.offices, book.laws].flatMap((list) =>
      (known<readonly { name?: string; short?: string }[] | undefined>(list as never) ?? []).flatMap(
        ({ name, short }) => [name, short],
      ),
    ),
  ];
  return all.filter(
    (name): name is string =>
      name !== undefined &&
      [...name].some(
        (c, i) => TRADITIONAL.has(c) || WORDS.get(c)?.some(({ usage }) => name.startsWith(usage.wrong, i)),
      ),
  );
}

/** Whether the word at `place` is part of one of the names. */
function inName(text: string, place: number, word: string, names: readonly string[]): boolean {
  return names.some((name) => {
    for (let at = name.indexOf(word); at !== -1; at = name.indexOf(word, at + 1))
      if (text.startsWith(name, place - at)) return true;
    return false;
  });
}

/** Whether what stands before `place` is the beginning of a law's title, as in 「身份…條例第3條」. */
const inTitle = (text: string, place: number): boolean =>
  /^[\u4e00-\u9fff]{0,20}?(法|條例|細則|辦法|要點|規則|規程|準則|標準|注意事項|須知)(第\s*[\d一二三四五六七八九十百]|[」』》])/.test(
    text.slice(place, place + 28),
  );

/** Which words for a day these files use: 日 in a number of days, 工作日. */
export function dayWordsOf(sources: readonly Source[]): ('日' | '工作日')[] {
  const says = (pattern: RegExp): boolean =>
    sources.some((source) => {
      let zones: Zones | undefined;
      for (const match of source.text.matchAll(pattern)) {
        zones ??= zonesOf(source);
        if (zones.kinds[match.index] === TEXT) return true;
      }
      return false;
    });
  const found: ('日' | '工作日')[] = [];
  if (says(DAY_NUMBER)) found.push('日');
  if (says(/(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[ \t]*個?工作日/g)) found.push('工作日');
  return found;
}
const DAY_NUMBER =
  /(?<![月\d０-９\-/.第一二三四五六七八九十])(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[ \t]*日(?!期|曆|報|本)/g;

// ---------------------------------------------------------------- citations

/** A provision or page as it was cited: as legal basis or as the source of a fact, and whether for a fee. */
export type Cited = { readonly citation: Citation; readonly basis: boolean; readonly ofFee: boolean };

/** Fields below which nothing is cited. */
const BARE = new Set(['at', 'span', 'source', 'unread', 'actor', 'limit', 'amount', 'next', 'titles']);
const cited = new WeakMap<Handbook, readonly Cited[]>();

/** Every citation of the files at hand once, in the order of writing. */
export function citationsOf(handbook: Handbook): readonly Cited[] {
  const before = cited.get(handbook);
  if (before) return before;
  const found = new Map<Citation, Cited>();
  const visit = (value: unknown, ofFee: boolean): void => {
    if (Array.isArray(value)) {
      for (const each of value) if (typeof each === 'object' && each !== null) visit(each, ofFee);
      return;
    }
    for (const key in value as object) {
      if (BARE.has(key)) continue;
      const inner = (value as Record<string, unknown>)[key];
      if (typeof inner !== 'object' || inner === null) continue;
      if (key === 'basis') {
        if (Array.isArray(inner))
          for (const each of inner as Citation[]) found.set(each, { citation: each, basis: true, ofFee });
      } else if (key === 'cited') {
        for (const field in inner)
          for (const each of (inner as Record<string, readonly Citation[]>)[field] ?? [])
            if (!found.has(each)) found.set(each, { citation: each, basis: false, ofFee: ofFee || field === 'fee' });
      } else visit(inner, ofFee || key === 'fee');
    }
  };
  const all: Cited[] = [];
  const { office, book, services } = handbook;
  const frame = [office, book].filter((record) => isAtHand(handbook, record));
  for (const record of [...frame, ...services]) {
    found.clear();
    visit(record, false);
    for (const each of [...found.values()].sort((a, b) => a.citation.span.start - b.citation.span.start))
      all.push(each);
  }
  cited.set(handbook, all);
  return all;
}

/** The law a citation names, with or without an article; a page's title is none. */
export function lawOf({ law, title }: Citation): string | undefined {
  const name = (law ?? title)?.replace(/[「」『』《》\s]/g, '');
  if (!name) return undefined;
  return law !== undefined || LAW.test(name) ? name : undefined;
}
const LAW =
  /^[\u4e00-\u9fff（）、]{0,40}(?<![方作做說看手寫用想無合違依])(法|條例|細則|辦法|要點|規則|規程|準則|通則|收費標準|注意事項)$/;

"""Given names: how they are called, shortened, heard and left out."""
from gen import F, L1, L2, M, P1F, P2F, NAMES, plain
from kinds import again, choices, each, groups, pick, swap_words

ENGLISH = choices('''
JOSE=JOE/JOSEPH JUAN=JOHN/JOHNNY MIGUEL=MICHAEL/MIKE CARLOS=CARL/CHARLIE JORGE=GEORGE PEDRO=PETER PABLO=PAUL
JESUS=JESSE/CHUY LUIS=LOUIS/LOUIE FRANCISCO=FRANK/FRANKIE ANTONIO=ANTHONY/TONY MANUEL=MANNY ROBERTO=ROBERT/BOB
RICARDO=RICHARD/RICKY EDUARDO=EDWARD/EDDIE ENRIQUE=HENRY ALEJANDRO=ALEXANDER/ALEX ANDRES=ANDREW/ANDY
DANIEL=DANNY DAVID=DAVE GABRIEL=GABE RAFAEL=RALPH RAMON=RAY RAUL=RAY JAIME=JAMES/JIMMY TOMAS=THOMAS/TOMMY
MARCOS=MARK MATEO=MATTHEW ESTEBAN=STEVEN/STEVE FELIPE=PHILLIP/PHIL FERNANDO=FREDDY GUILLERMO=WILLIAM/BILL/MEMO
JOAQUIN=JACK JULIO=JULIUS/JAY SALVADOR=SAL/CHAVA VICENTE=VINCENT/CHENTE MARIA=MARY/MARIE GUADALUPE=LUPE/LUPITA
JUANA=JANE/JUANITA ANA=ANN/ANNIE ROSA=ROSE/ROSIE ELENA=HELEN ISABEL=ELIZABETH/BELLA CATALINA=CATHERINE/CATHY
MARGARITA=MARGARET/MAGGIE CARMEN=CARMELITA ALICIA=ALICE LUCIA=LUCY TERESA=TERRI/TERRY VERONICA=RONNIE
FRANCISCA=FRAN/PANCHITA ESPERANZA=HOPE/ESPE DOLORES=LOLA/DOLLY CONCEPCION=CONNIE/CONCHA GRACIELA=GRACE/CHELA
SOFIA=SOPHIE MERCEDES=MERCY/MECHE YESENIA=JESSIE XIMENA=MENA LETICIA=LETTY/TICHA SILVIA=SYLVIE
''')
ENGLISH_BACK = {}
for _spanish, _all in ENGLISH.items():
    for _english in _all:
        ENGLISH_BACK.setdefault(_english, []).append(_spanish)

ABBREVIATED = choices('''
MARIA=MA./MA/M. JOSE=J./JE. FRANCISCO=FCO./FCO GUADALUPE=GPE./GPE ANTONIO=ANT./ANTO. JUAN=JN. MANUEL=MANL.
HERNANDEZ=HDEZ./HDZ RODRIGUEZ=RDZ/RGUEZ. GONZALEZ=GLZ/GZLEZ. MARTINEZ=MTZ/MTNEZ. FERNANDEZ=FDEZ./FDZ
RAMIREZ=RMZ SANCHEZ=SNCHZ/SCHZ JIMENEZ=JMZ GUTIERREZ=GTZ GARCIA=GCIA DOMINGUEZ=DGUEZ. VAZQUEZ=VZQZ PEREZ=PRZ
LOPEZ=LPZ ALEXANDER=ALEX. WILLIAM=WM. CHARLES=CHAS. ROBERT=ROBT. THOMAS=THOS.
''')

TRANSLITERATED = groups('''
MOHAMED MOHAMMED MUHAMMAD MUHAMED MOHAMUD
AHMED AHMAD AHMET
YUSUF YOUSSEF YOUSIF JOSEPH
ABDULLAHI ABDULLAH ABDALLA ABDILAHI
FATIMA FADUMO FATUMA FAATIMAH
AISHA AYESHA AAISHA CAASHA
KHADIJA KHADIJO KADIJA
IBRAHIM EBRAHIM IBRAHIN ABRAHAM
HASSAN HASAN XASAN
HUSSEIN HUSAIN XUSEEN HOUSSEIN
OLEKSANDR ALEKSANDR ALEXANDER OLEXANDR
YELYZAVETA ELIZAVETA YELIZAVETA
ANDRII ANDREY ANDRIY ANDREI
MYKOLA NIKOLAI NIKOLAY
VOLODYMYR VLADIMIR WOLODYMYR
YULIIA YULIA JULIA IULIIA
NATALIIA NATALIA NATALYA
KATERYNA EKATERINA KATARINA
NGUYEN NGUYAN NYUGEN
XIONG SHONG SIONG
VANG VAJ WANG
THAO THOR
PIERRE PYE PIER
JEAN JAN JUAN
''')


@each
def anglicised(c, i, x):
    """Called as in English, or, one time in five, an English name written as in Spanish."""
    table = ENGLISH if again(x) < .8 else ENGLISH_BACK
    c[F][i] = swap_words(c[F][i], table, x) or c[F][i]


@each
def abbreviated(c, i, x):
    """Ma. for María, Hdez. for Hernández: as on Mexican papers."""
    for k in (F, L1, L2, M):
        other = swap_words(c[k][i], ABBREVIATED, x)
        if other:
            c[k][i] = other
            if again(x) < .6:
                return


@each
def transliterated(c, i, x):
    """The same name from another alphabet or another office's table."""
    for k in (F, L1, M, P1F, P2F):
        c[k][i] = swap_words(c[k][i], TRANSLITERATED, x) or c[k][i]


@each
def no_first(c, i, x):
    """No given name, or the word that a system wants in its place."""
    word = pick(('', '', 'FNU', 'NFN', 'UNKNOWN', 'BABY', 'BABY BOY', 'INFANT', 'XXX', '-', 'N/A'), x)
    if word and again(x) < .3:
        c[M][i] = c[F][i]
    c[F][i] = word


@each
def no_middle_said(c, i, x):
    """NMN for 'no middle name', whether or not there is one."""
    if not c[M][i] or again(x) < .2:
        c[M][i] = pick(('NMN', 'NMI', 'NONE', 'N/A', 'UNKNOWN', '.'), x)


@each
def joined_given(c, i, x):
    """JUAN CARLOS as JUANCARLOS; MARIA DEL CARMEN as MARICARMEN."""
    if len(c[M][i]) > 1:
        c[F][i], c[M][i] = c[F][i] + c[M][i].replace(' ', ''), ''
    elif ' ' in c[F][i] or '-' in c[F][i]:
        c[F][i] = c[F][i].replace(' ', '').replace('-', '')


@each
def hyphen_given(c, i, x):
    if len(c[M][i]) > 1:
        c[F][i], c[M][i] = c[F][i] + '-' + c[M][i], ''


@each
def called_by_parts(c, i, x):
    """Only the first or the last three to five letters: ALE, BETO without a table."""
    name = c[F][i]
    if len(name) > 5 and ' ' not in name:
        n = 3 + int(again(x) * 3)
        c[F][i] = name[:n] if x < .6 else name[-n:]


@each
def gender_ending(c, i, x):
    """MARIO for MARÍA, FRANCISCA for FRANCISCO."""
    name = c[F][i]
    for a, b in (('O', 'A'), ('Í', 'I')):
        if plain(name).upper().endswith(a):
            c[F][i] = name[:-1] + b
            return
        if plain(name).upper().endswith(b):
            c[F][i] = name[:-1] + a
            return
    if plain(name).upper().endswith(('N', 'L', 'R', 'S')):
        c[F][i] = name + 'A'


@each
def three_given(c, i, x):
    """A third given name that other schools never wrote (from the parent, as is the custom)."""
    extra = c[P1F][i] if x < .5 else c[P2F][i]
    if extra:
        c[M][i] = (c[M][i] + ' ' + extra).strip() if again(x) < .6 else (extra + ' ' + c[M][i]).strip()


@each
def initials_only(c, i, x):
    """J L GARCIA: both given names as initials."""
    if c[M][i]:
        c[F][i], c[M][i] = c[F][i][:1] + pick(('', '.'), x), c[M][i][:1] + pick(('', '.'), x)


@each
def cases(c, i, x):
    """all small, or sHIFT lOCK."""
    for k in NAMES:
        c[k][i] = c[k][i].lower() if x < .7 else c[k][i].title().swapcase()

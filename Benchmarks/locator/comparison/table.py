"""The markdown table."""
HEAD = ('engine', 'recall@1', 'places', 'F1', 'wrong student', 'twin misnamed', 'ECE', 'ms p50 / p99', 'processor ms', 'build s', 'memory MB')


def short(value, digits=3):
    if value is None:
        return '–'
    return f'{value:.{digits}f}'.removeprefix('0') if 0 <= value < 1 else f'{value:.{digits}f}'


def pair(values):
    return '–' if not values else ' / '.join(f'{v:.3g}' if v < 100 else f'{v:,.0f}' for v in values)


def table(measured):
    """One line for each (title, score, run) in the order given."""
    lines = ['| ' + ' | '.join(HEAD) + ' |', '| ' + ' | '.join(['---'] * len(HEAD)) + ' |']
    for title, score, run in measured:
        mark = ' ¹' if run.get('timed', 0) < run.get('queries', 0) else ''
        lines.append('| ' + ' | '.join((
            title, short(score['recall1']), short(score['places']), short(score['f1']), short(score['wrong']), short(score['twin']),
            short(score['ece']) + (' ²' if score.get('learnt') else ''), pair(run.get('wall_ms')) + mark, pair(run.get('processor_ms')),
            f"{run['build_seconds']:.3g}", f"{run['memory_mib']:,.0f}")) + ' |')
    return '\n'.join(lines)

import torch
import torch.nn.functional as F


def not_normalised(queries, keys, temperature=0.07):
    """You take dot products of the rows as they come, so that long rows look alike; divide every row by its
    length first.
    """
    return _loss(queries @ keys.T / temperature)


def queries_not_normalised(queries, keys, temperature=0.07):
    """You divide only the keys by their lengths; queries have to be divided by theirs as well."""
    return _loss(queries @ _unit(keys).T / temperature)


def keys_not_normalised(queries, keys, temperature=0.07):
    """You divide only the queries by their lengths; keys have to be divided by theirs as well."""
    return _loss(_unit(queries) @ keys.T / temperature)


def normalised_over_the_batch(queries, keys, temperature=0.07):
    """You divide each column by its length over the batch; an embedding is a row, divided by its own."""
    return _loss(F.normalize(queries, dim=0) @ F.normalize(keys, dim=0).T / temperature)


def normalised_as_a_whole(queries, keys, temperature=0.07):
    """You divide all rows by one length, that of the whole tensor; every row is divided by its own."""
    return _loss((queries / queries.norm()) @ (keys / keys.norm()).T / temperature)


def l1_normalised(queries, keys, temperature=0.07):
    """You divide a row by the sum of its absolute values; its Euclidean length is the root of its squares."""
    return _loss(F.normalize(queries, p=1, dim=1) @ F.normalize(keys, p=1, dim=1).T / temperature)


def squared_length(queries, keys, temperature=0.07):
    """You divide a row by its squared length; the root is missing."""
    q = queries / (queries**2).sum(dim=1, keepdim=True)
    k = keys / (keys**2).sum(dim=1, keepdim=True)
    return _loss(q @ k.T / temperature)


def epsilon_in_length(queries, keys, temperature=0.07):
    """You add 1e-6 to the lengths, which shows in short rows; no row is zero, so nothing need be added."""
    q = queries / (queries.norm(dim=1, keepdim=True) + 1e-6)
    k = keys / (keys.norm(dim=1, keepdim=True) + 1e-6)
    return _loss(q @ k.T / temperature)


def temperature_multiplied(queries, keys, temperature=0.07):
    """You multiply the similarities by the temperature; they are divided by it."""
    return _loss(_cosines(queries, keys) * temperature)


def temperature_ignored(queries, keys, temperature=0.07):  # noqa: ARG001  that it is not used is the mistake
    """You do not use the temperature; the similarities are divided by it."""
    return _loss(_cosines(queries, keys))


def default_of_one_tenth(queries, keys, temperature=0.1):
    """You gave the temperature another default; it is 0.07."""
    return _loss(_cosines(queries, keys) / temperature)


def positive_excluded_from_denominator(queries, keys, temperature=0.07):
    """You leave the positive out of the sum in the denominator; the sum runs over all keys."""
    logits = _cosines(queries, keys) / temperature
    own = torch.eye(len(logits), dtype=torch.bool)
    return (logits.masked_fill(own, -torch.inf).logsumexp(dim=1) - logits.diagonal()).mean()


def denominator_forgotten(queries, keys, temperature=0.07):
    """You only pull positives together; the negatives are in the denominator, which is missing."""
    return -(_cosines(queries, keys) / temperature).diagonal().mean()


def symmetrised(queries, keys, temperature=0.07):
    """You average both directions, as CLIP does; here queries look for their keys, and not the other way
    round.
    """
    logits = _cosines(queries, keys) / temperature
    return (_loss(logits) + _loss(logits.T)) / 2


def keys_look_for_queries(queries, keys, temperature=0.07):
    """You take the softmax over the queries, so that keys look for queries; it runs over the keys of a
    query.
    """
    return _loss(_cosines(queries, keys).T / temperature)


def queries_as_negatives(queries, keys, temperature=0.07):
    """You count the other queries as negatives, as SimCLR does; here a query is compared with keys alone."""
    others = _cosines(queries, queries) / temperature
    others = others.masked_fill(torch.eye(len(queries), dtype=torch.bool), -torch.inf)
    return _loss(torch.cat([_cosines(queries, keys) / temperature, others], dim=1))


def all_views_ask(queries, keys, temperature=0.07):
    """You let keys ask as well, with all other rows of both as negatives, as SimCLR does; here only queries
    ask, and only keys answer.
    """
    views = torch.cat([queries, keys])
    logits = _cosines(views, views) / temperature
    logits = logits.masked_fill(torch.eye(len(views), dtype=torch.bool), -torch.inf)
    return F.cross_entropy(logits, torch.arange(len(views)).roll(len(queries)))


def positive_comes_first(queries, keys, temperature=0.07):
    """You take the first key for the positive of all queries, as where it is put in front of a queue of
    negatives; here the i-th key is the positive of the i-th query.
    """
    logits = _cosines(queries, keys) / temperature
    return F.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))


def sum_not_mean(queries, keys, temperature=0.07):
    """You add up the losses of the queries; asked is their mean."""
    return len(queries) * _loss(_cosines(queries, keys) / temperature)


def mean_over_all_pairs(queries, keys, temperature=0.07):
    """You divide by the number of all pairs, n squared; the mean is over the n queries."""
    return _loss(_cosines(queries, keys) / temperature) / len(queries)


def every_pair_on_its_own(queries, keys, temperature=0.07):
    """You ask of every pair on its own whether it belongs together, by sigmoids; here the keys of a query
    compete in one softmax.
    """
    logits = _cosines(queries, keys) / temperature
    return F.binary_cross_entropy_with_logits(logits, torch.eye(len(logits), dtype=logits.dtype))


def double_softmax(queries, keys, temperature=0.07):
    """You hand probabilities to a function that expects logits, so the softmax is taken twice; give it the
    logits.
    """
    return _loss((_cosines(queries, keys) / temperature).softmax(dim=1))


def squared_distances(queries, keys, temperature=0.07):
    """You take negative squared distances, which are 2 cos - 2, for the similarities; asked is the cosine."""
    return _loss((2 * _cosines(queries, keys) - 2) / temperature)


def sign_forgotten(queries, keys, temperature=0.07):
    """You return the mean logarithm of the probabilities, which is negative; the loss is its negative."""
    return -_loss(_cosines(queries, keys) / temperature)


def overflow(queries, keys, temperature=0.07):
    """You take the exponentials of similarities that were divided by a small temperature, and they overflow;
    use logsumexp, log_softmax or cross_entropy, or subtract the row's maximum first.
    """
    exponentials = torch.exp(_cosines(queries, keys) / temperature)
    return -torch.log(exponentials.diagonal() / exponentials.sum(dim=1)).mean()


def shared_shift(queries, keys, temperature=0.07):
    """You subtract one maximum from all rows, so a query that is unlike all keys is left with nothing but
    zeros; each row needs a shift of its own.
    """
    logits = _cosines(queries, keys) / temperature
    logits = logits - logits.max()
    return (torch.exp(logits).sum(dim=1).log() - logits.diagonal()).mean()


def log_of_zero(queries, keys, temperature=0.07):
    """You take the logarithm of a softmax that may have become 0; use log_softmax, logsumexp or
    cross_entropy.
    """
    return -(_cosines(queries, keys) / temperature).softmax(dim=1).diagonal().log().mean()


def clipped_probability(queries, keys, temperature=0.07):
    """You add 1e-8 inside the logarithm, so large losses are cut off; compute it from the logits."""
    probabilities = (_cosines(queries, keys) / temperature).softmax(dim=1)
    return -(probabilities.diagonal() + 1e-8).log().mean()


def keys_held_constant(queries, keys, temperature=0.07):
    """You cut the keys off the graph, as MoCo does for those of its queue; here they get a gradient, too."""
    return _loss(_cosines(queries, keys.detach()) / temperature)


def lengths_held_constant(queries, keys, temperature=0.07):
    """You cut the lengths off the graph; they depend on the embeddings, and a gradient flows through them."""
    q = queries / queries.norm(dim=1, keepdim=True).detach()
    k = keys / keys.norm(dim=1, keepdim=True).detach()
    return _loss(q @ k.T / temperature)


def _loss(logits):
    return (logits.logsumexp(dim=1) - logits.diagonal()).mean()


def _cosines(queries, keys):
    return _unit(queries) @ _unit(keys).T


def _unit(rows):
    return rows / rows.norm(dim=1, keepdim=True)

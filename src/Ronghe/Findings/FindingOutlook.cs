namespace Ronghe.Findings;

/// <summary>
/// Places whose findings somebody sees because he answers for the place, whatever unit reported them or puts them right. Seeing only: what
/// one may do with a finding still follows from rights and from the names on it.
/// </summary>
/// <param name="Places">Ids of the places of whoever asks in this scope; asked as part of a larger question.</param>
public sealed record FindingOutlook(Func<IServiceProvider, IQueryable<Guid>> Places);

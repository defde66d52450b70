namespace Ronghe.Tests;

/// <summary>Every state of a record with every verb that can be asked of it.</summary>
public static class StateMatrix
{
    public static TheoryData<TState, TVerb> Of<TState, TVerb>(IEnumerable<TVerb> verbs) where TState : struct, Enum => [.. from state in Enum.GetValues<TState>() from verb in verbs select (state, verb)];
}

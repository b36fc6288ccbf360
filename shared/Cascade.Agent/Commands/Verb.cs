namespace Cascade.Agent;

/// <summary>An administrator's word on the agent's own executable: <c>cascade-nova-proxy mirror list</c>.</summary>
/// <param name="Words">one or more, separated by a blank.</param>
/// <param name="Help">one sentence.</param>
/// <param name="Run">gives the exit code.</param>
public sealed record Verb(string Words, string Help, Func<VerbContext, CancellationToken, Task<int>> Run);

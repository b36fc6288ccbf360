namespace Cascade.Agent;

/// <summary>What a verb has to work with.</summary>
/// <param name="Services">the agent's services, built but not started.</param>
/// <param name="Arguments">what follows the verb's own words.</param>
/// <param name="Out">the answer.</param>
/// <param name="Error">complaints.</param>
/// <param name="Json">true for <c>-f json</c>.</param>
public sealed record VerbContext(
    IServiceProvider Services, IReadOnlyList<string> Arguments, TextWriter Out, TextWriter Error, bool Json);

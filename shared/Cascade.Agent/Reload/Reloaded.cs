using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>What a SIGHUP did: faults (then nothing changed), options taken over, options that wait for a restart.</summary>
sealed record Reloaded(
    IReadOnlyList<ConfigFault> Faults, IReadOnlyList<OptionDefinition> Taken, IReadOnlyList<OptionDefinition> Ignored);

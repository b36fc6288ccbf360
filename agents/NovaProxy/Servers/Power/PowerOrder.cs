using Cascade.Contracts.Nova.States;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What start and stop differ in.</summary>
/// <param name="Event">Of the action.</param>
/// <param name="Verb">For the reader of a fault.</param>
/// <param name="Infinitive">For the reader of a fault.</param>
/// <param name="TaskState">What nova-api wrote before it sent the order.</param>
/// <param name="VmState">What the instance is when it is done.</param>
/// <param name="Status">What the server in the child is when it is done.</param>
internal sealed record PowerOrder(string Event, string Verb, string Infinitive, string TaskState, string VmState, string Status)
{
    public static PowerOrder Start { get; } = new(Events.Start, "starting", "start", TaskStates.PoweringOn, VmStates.Active, "ACTIVE");

    public static PowerOrder Stop { get; } = new(Events.Stop, "stopping", "stop", TaskStates.PoweringOff, VmStates.Stopped, "SHUTOFF");
}

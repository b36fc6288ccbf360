using Cascade.Contracts.Nova.States;

namespace Cascade.NovaProxy.Servers;

/// <summary>What nova makes of a power state that is not what it should be (nova/compute/manager.py: _sync_instance_power_state).</summary>
/// <param name="Save">The power state is written.</param>
/// <param name="Stop">The stop API is called, by the compute itself.</param>
internal readonly record struct PowerSync(bool Save, bool Stop)
{
    public static PowerSync Of(string? vmState, int known, PowerState seen) => new(known != (int)seen, (vmState, seen) switch
    {
        (VmStates.Active, PowerState.Shutdown or PowerState.Crashed or PowerState.Suspended) => true,
        (VmStates.Stopped, not (PowerState.NoState or PowerState.Shutdown or PowerState.Crashed)) => true,
        (VmStates.Paused, PowerState.Shutdown or PowerState.Crashed) => true,
        _ => false,
    });
}

namespace Cascade.NeutronAgent.Ports;

/// <summary>What the parent should believe of a port, by what it believes and what the child shows.</summary>
public static class PortReport
{
    /// <param name="believed">The parent's status: ACTIVE, DOWN, BUILD, ERROR, N/A; null when it is not certain whether it heard us.</param>
    /// <param name="adminUp">The parent's admin_state_up; a port that is switched off is down whatever the child says
    /// (neutron/plugins/ml2/drivers/openvswitch/agent/ovs_neutron_agent.py: treat_vif_port).</param>
    /// <param name="seen">The child's status; null when the child has no such port.</param>
    public static PortVerdict Of(string? believed, bool adminUp, string? seen)
    {
        var up = adminUp && seen is "ACTIVE";
        if (up)
        {
            return believed is "ACTIVE" ? PortVerdict.Nothing : PortVerdict.Up;
        }

        // The child's BUILD is on its way from or to ACTIVE (an agent there that was restarted asks for details): no news yet.
        var down = !adminUp || seen is not "BUILD";
        return down && believed is null or "ACTIVE" or "BUILD" ? PortVerdict.Down : PortVerdict.Nothing;
    }
}

public enum PortVerdict
{
    /// <summary>The parent believes what is true.</summary>
    Nothing,

    /// <summary><c>update_device_list(devices_up)</c>.</summary>
    Up,

    /// <summary><c>update_device_list(devices_down)</c>.</summary>
    Down,
}

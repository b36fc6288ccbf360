namespace Cascade.Support.Seeing;

/// <summary>What README gives an agent's user on the parent's broker: three expressions for <c>rabbitmqctl set_permissions</c>.</summary>
static class BrokerRights
{
    /// <param name="assembly">For instance <c>cascade-nova-proxy.dll</c>.</param>
    public static IReadOnlyList<string> Of(string assembly)
    {
        var (exchange, names) = Names(assembly);
        var own = $@"{names}|cascade\..*|reply_.*";
        return [$"^({own})$", $@"^({exchange}|amq\.default|{own})$", $"^({exchange}|{own})$"];
    }

    /// <summary>The exchange of the parent's services, <c>control_exchange</c>.</summary>
    public static string ExchangeOf(string assembly) => Names(assembly).Exchange;

    static (string Exchange, string Names) Names(string assembly) => Path.GetFileNameWithoutExtension(assembly) switch
    {
        "cascade-nova-proxy" => ("nova", @"compute(-alt)?\..*"),
        "cascade-cinder-proxy" => ("openstack", "cinder-.*"),
        "cascade-l2-proxy" => ("neutron", "q-agent-notifier-.*|neutron-vo-.*"),
        "cascade-l3-proxy" => ("neutron", "l3_agent.*|neutron-vo-.*"),
        var other => throw new ArgumentException($"no rights for {other}", nameof(assembly)),
    };
}

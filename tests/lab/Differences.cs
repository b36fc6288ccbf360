namespace Cascade.Lab;

/// <summary>
/// In what a host of ours may differ from a native one that did the same: everything else has to be equal. A row without need is no harm, a difference
/// without a row is a bug.
/// </summary>
static class Differences
{
    /// <summary>Keys of <c>network agent show</c>, below configuration too.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfAgent = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["host"] = "its own",
        ["tunneling_ip"] = "its own",
        ["created_at"] = "a moment",
        ["started_at"] = "a moment",
        ["last_heartbeat_at"] = "a moment",
        ["devices"] = "how many ports were there at its last report",
        ["cascade"] = "ours says what it is: product, version, child",
        ["bridge_mappings"] = "an option; of ours [cascade] physical_networks: a physical network of the child where a native host has a bridge",
        ["resource_provider_hypervisors"] = "a provider for each bridge; ours names the one of the tunnels too, as native agents of later releases do",
        ["datapath_type"] = "the lab's switches run in userspace; the vif_details of a port in a child concern nobody in the parent",
        ["ovs_capabilities"] = "asked of the switch; ours has none, and names what binding needs",
        ["extensions"] = "an option of the native agent; QoS is mirrored always",
        ["enable_distributed_routing"] = "an option of the native agent; routers of a child are told of by L3-Proxy",
        ["in_distributed_mode"] = "as enable_distributed_routing",
    };

    /// <summary>Keys of <c>network agent show</c> of an L3 agent, below configuration too.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRouterAgent = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["host"] = "its own",
        ["availability_zone"] = "its own",
        ["created_at"] = "a moment",
        ["started_at"] = "a moment",
        ["last_heartbeat_at"] = "a moment",
        ["extensions"] = "an option of the native agent; ours names all that it mirrors",
        ["cascade"] = "ours says what it is: product, version, child",
    };

    /// <summary>Keys of <c>router show</c> and <c>floating ip show</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRouter = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["name"] = "its own",
        ["availability_zone_hints"] = "its host's",
        ["availability_zones"] = "its host's",
        ["external_gateway_info"] = "drawn by the parent",
        ["interfaces_info"] = "drawn by the parent",
        ["router_id"] = "its own",
        ["port_id"] = "its own",
        ["port_details"] = "its own",
        ["fixed_ip_address"] = "drawn by the parent",
        ["floating_ip_address"] = "drawn by the parent",
        ["created_at"] = "a moment",
        ["updated_at"] = "a moment",
        ["revision_number"] = "counts every change of status: see the sequences",
    };

    /// <summary>Keys of <c>server show</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfServer = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["name"] = "its own",
        ["hostId"] = "a hash of the host",
        ["OS-EXT-AZ:availability_zone"] = "its host's",
        ["OS-EXT-SRV-ATTR:host"] = "its host",
        ["OS-EXT-SRV-ATTR:hypervisor_hostname"] = "its host's",
        ["OS-EXT-SRV-ATTR:hostname"] = "of its name",
        ["OS-EXT-SRV-ATTR:instance_name"] = "counted by the parent",
        ["OS-EXT-SRV-ATTR:reservation_id"] = "drawn by the parent",
        ["OS-SRV-USG:launched_at"] = "a moment",
        ["addresses"] = "drawn by the parent: how many is compared",
        ["created"] = "a moment",
        ["updated"] = "a moment",
    };

    /// <summary>Keys of <c>port show</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfPort = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["name"] = "its own",
        ["mac_address"] = "drawn by the parent",
        ["fixed_ips"] = "drawn by the parent",
        ["device_id"] = "its server's",
        ["device_owner"] = "says the availability zone",
        ["binding_host_id"] = "its host",
        ["binding_vif_details"] = "says the datapath type: see there",
        ["created_at"] = "a moment",
        ["updated_at"] = "a moment",
        ["revision_number"] = "counts every change of status: see the sequences",
    };

    /// <summary>Keys of <c>image show</c> of a snapshot.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfImage = new Dictionary<string, string>
    {
        ["id"] = "its own",
        ["name"] = "its server's",
        ["file"] = "says the id",
        ["checksum"] = "of the bytes of a disk that was written to",
        ["size"] = "as checksum",
        ["created_at"] = "a moment",
        ["updated_at"] = "a moment",
        ["properties"] = "without those of OfImageProperties",
    };

    /// <summary>Of the properties of a snapshot.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfImageProperties = new Dictionary<string, string>
    {
        ["hw_"] = "all of them: what libvirt chose for the guest is written down there; the child's libvirt writes it down in the child",
        ["instance_uuid"] = "its server's",
        ["os_hash_value"] = "of the bytes",
        ["direct_url"] = "says the id",
    };

    /// <summary>Of what an instance goes through. Applied to both sides.</summary>
    public static readonly (string Sequence, string SameAs, string Reason)[] OfStates =
    [
        ("image_pending_upload\ntask_state=image_uploading\ntask_state=image_pending_upload\n", "image_pending_upload\n", "libvirt asks its image backend for a snapshot of its own first, and begins anew when it has none"),
        ("shelving_image_pending_upload\ntask_state=shelving_image_uploading\ntask_state=shelving_image_pending_upload\n", "shelving_image_pending_upload\n", "the same"),
        ("launched_at=set\nhost=HOST node=HOST\ncompute_rebuild", "launched_at=set\ncompute_rebuild", "a rebuild says once more where it is, as if it had been an evacuation"),
        ("power_state=4\nhost= node= launched_on=\n", "power_state=4 host= node= launched_on=\n", "native leaves its host in a step of its own; ours in the same, for one that dies in between would leave an instance that is offloaded and still here"),
    ];

    /// <summary>What one of the two says and the other does not.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfReports = new Dictionary<string, string>
    {
        ["l2 create_dhcp_port"] = "ours: an address for the child's own DHCP comes from the parent (D11); a native host has a DHCP agent, which asks for it",
        ["l2 release_dhcp_port"] = "ours: and is given back",
        ["l2 tunnel_sync"] = "once at the start of an agent",
        ["l3 update_device_list"] = "ours: the ports of a router are told by the L3 agent, which alone knows their twins in the child; of a native host by its L2 agent, which finds them on the switch",
        ["nova ConsoleAuthToken.clean_expired_console_auths"] = "native: consoles are the child's, and so are their tokens",
    };

    /// <summary>Of a sequence what it is the same as. Applied to both sides.</summary>
    public static readonly (string Sequence, string SameAs, string Reason)[] OfPortStates =
    [
        ("ACTIVE DOWN ACTIVE", "ACTIVE", "a guest that starts again plugs its port anew: ours tells what the child shows when it looks, not what was between two looks"),
        ("deleted DOWN", "deleted", "two threads of the parent tell it, in any order"),
        ("DOWN deleted", "deleted", "nova deletes the port while the agent still tells that it went down: either comes first"),
    ];

    /// <summary>As above, of what nova is told about a port; "end" comes last.</summary>
    public static readonly (string Sequence, string SameAs, string Reason)[] OfPortEvents =
    [
        ("network-vif-plugged network-vif-unplugged network-vif-plugged", "network-vif-plugged", "as the port's states"),
        ("network-vif-unplugged network-vif-deleted", "network-vif-deleted", "as the port's states"),
        ("network-vif-deleted network-vif-unplugged", "network-vif-deleted", "as the port's states"),
        ("network-vif-unplugged end", "end", "a detach takes the port from the guest, then from the host: an agent that looks in between says that it is down, one that looks later has nothing to say"),
    ];
}

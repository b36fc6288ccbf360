namespace Cascade.OpenStack;

/// <summary>What a refusal of a cloud means to the one who asked. Every fault is exactly one of these seven.</summary>
public enum FaultKind
{
    /// <summary>404, 410: the thing is not there (or we may not see it).</summary>
    NotFound,

    /// <summary>409: the thing is in another state, or somebody else was faster.</summary>
    Conflict,

    /// <summary>400 and other 4xx: asking again in the same words will never help.</summary>
    Invalid,

    /// <summary>401 after one renewal of the token, 403.</summary>
    Forbidden,

    /// <summary>A quota or limit of the project: 403 and 413 of Nova and Glance, 409 OverQuota of Neutron.</summary>
    OverQuota,

    /// <summary>405, 406, 501, and what the cloud's API is too old for.</summary>
    Unsupported,

    /// <summary>408, 429, 5xx, a time-out, a broken connection, an answer that is not OpenStack's: later may help.</summary>
    Unavailable,
}

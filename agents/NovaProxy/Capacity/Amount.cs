namespace Cascade.NovaProxy.Capacity;

/// <summary>
/// One resource class as the parent's placement gets it. What can be given is <c>total - reserved</c>, of which at most
/// <paramref name="MaxUnit"/> to one instance (placement/objects/allocation.py: _check_capacity_exceeded).
/// </summary>
/// <param name="Total">All that the child can ever give, its own allocation ratios multiplied in: ours is 1.0.</param>
/// <param name="Reserved">What others than us use of it in the child.</param>
/// <param name="MaxUnit">The most that one child host can still take for one instance.</param>
internal sealed record Amount(long Total, long Reserved, long MaxUnit)
{
    /// <summary>Placement's columns are 32 bit signed.</summary>
    const long Most = int.MaxValue;

    /// <summary>
    /// Within what placement accepts: total and max_unit at least 1, reserved at most total (placement/schemas/inventory.py and
    /// objects/inventory.py: Inventory; reserved == total is allowed from 1.26 on and means "nothing left").
    /// </summary>
    public Amount Fitted()
    {
        var total = Math.Clamp(Total, 1, Most);
        return new(total, Total < 1 ? total : Math.Clamp(Reserved, 0, total), Math.Clamp(MaxUnit, 1, total));
    }

    public override string ToString() => $"{Total} with {Reserved} reserved, at most {MaxUnit} each";
}

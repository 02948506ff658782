namespace Topology.Engine;

/// <summary>Why an executor takes no further row: it has sent more than a channel, or a group of them, had credit for.</summary>
internal interface IDebt
{
    /// <summary>Whether it is among its executor's debts.</summary>
    bool IsListed { get; set; }

    /// <summary>Whether there is credit again.</summary>
    bool IsPaid();

    /// <summary>Asks the receivers to wake the sender when they have done rows. The sender must look once more afterwards.</summary>
    void WaitForCredit();
}

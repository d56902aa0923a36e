DROP TABLE kind_proposals;
DROP TABLE kind_adoptions;
